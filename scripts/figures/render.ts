import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import type { Resvg } from "@resvg/resvg-wasm";
import { coverageOf, type FontCoverage, requireCharacters } from "./font-coverage.ts";

export { figureToSvg } from "./svg.ts";

const resolve = createRequire(import.meta.url).resolve;
const fonts = ["400Regular/SourceSans3_400Regular", "600SemiBold/SourceSans3_600SemiBold"];

/** An empty document to draw figures in; a page passes its own instead. */
export async function createDocument(): Promise<Document> {
  const { parseHTML } = await import("linkedom");
  return parseHTML("<!doctype html><html><head></head><body></body></html>").document;
}

interface Renderer {
  readonly Resvg: typeof Resvg;
  readonly fontBuffers: Uint8Array[];
  readonly coverage: readonly FontCoverage[];
}
let renderer: Promise<Renderer> | undefined;

/**
 * Loads the renderer and its fonts once; WebAssembly may be initialised a single time a process.
 *
 * V8 is told to optimise WebAssembly one function at a time from here on: optimising the renderer's large
 * functions in parallel is no faster on few cores and holds some 15 MB more.
 */
async function loadRenderer(): Promise<Renderer> {
  const { initWasm, Resvg } = await import("@resvg/resvg-wasm");
  setFlagsFromString("--wasm-num-compilation-tasks=1");
  await initWasm(readFileSync(resolve("@resvg/resvg-wasm/index_bg.wasm")));
  const fontBuffers = fonts.map((font) =>
    readFileSync(resolve(`@expo-google-fonts/source-sans-3/${font}.ttf`)),
  );
  return { Resvg, fontBuffers, coverage: fontBuffers.map(coverageOf) };
}

/**
 * Renders the text of an SVG file to PNG at `scale` pixels a unit, in Source Sans 3.
 *
 * @throws RangeError for a scale out of range, or text with a character that the font lacks.
 */
export async function svgToPng(svg: string, scale = 2): Promise<Uint8Array> {
  if (!(scale > 0 && scale <= 10)) {
    throw new RangeError(`svgToPng: scale must be above 0 and at most 10, got ${scale}`);
  }
  const { Resvg, fontBuffers, coverage } = await (renderer ??= loadRenderer());
  requireCharacters(svg, coverage);
  const resvg = new Resvg(svg, {
    fitTo: { mode: "zoom", value: scale },
    background: "#ffffff",
    font: { fontBuffers, defaultFontFamily: "Source Sans 3", sansSerifFamily: "Source Sans 3" },
  });
  const image = resvg.render();
  const png = image.asPng();
  image.free();
  resvg.free();
  return png;
}
