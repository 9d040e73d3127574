import * as path from "node:path";
import { prepareOutputFolder, writeFileAtomic } from "../../support/files.ts";
import { toJson, toJsonFile } from "../../support/json.ts";
import { versions } from "../../support/versions.ts";
import { compareRuns, type Comparison } from "./compare.ts";
import type { CompareSettings } from "./settings.ts";
import { comparisonText } from "./text.ts";

/** The files of a comparison, in the order in which they appear. */
const files = [
  ...["curves.svg", "curves.png", "profiles.svg", "profiles.png"],
  ...["compare.html", "compare.json"],
];

/** Compares, prints, and writes what was asked for. */
export async function runComparison(
  settings: CompareSettings,
  commandLine: readonly string[],
): Promise<void> {
  const { out, force, json } = settings;
  const comparison = compareRuns(settings);
  const folder =
    out === undefined ? undefined : prepareOutputFolder(out, { force, replaces: files });
  process.stdout.write(json ? `${toJson(comparison)}\n` : comparisonText(comparison));
  if (folder === undefined) return;
  await writeFiles(folder, comparison, { settings, commandLine });
  if (!json) process.stdout.write(`\nWritten to ${String(out)}: ${files.join(", ")}\n`);
}

async function writeFiles(
  folder: string,
  comparison: Comparison,
  { settings, commandLine }: { settings: CompareSettings; commandLine: readonly string[] },
): Promise<void> {
  const { figureToSvg } = await import("../../figures/index.ts");
  const { embeddedFonts, withFonts } = await import("../../figures/fonts.ts");
  const { createDocument, svgToPng } = await import("../../figures/render.ts");
  const { curvesFigure, profilesFigure } = await import("./figures.ts");
  const { comparisonPage } = await import("./page.ts");
  const document = await createDocument();
  const fonts = embeddedFonts();
  const write = (name: string, data: string | Uint8Array): void =>
    writeFileAtomic(path.join(folder, name), data);
  const figures = {
    curves: figureToSvg(curvesFigure(document, comparison)),
    profiles: figureToSvg(profilesFigure(document, comparison)),
  };
  for (const [name, svg] of Object.entries(figures)) {
    write(`${name}.svg`, withFonts(svg, fonts));
    write(`${name}.png`, await svgToPng(svg));
  }
  write("compare.html", comparisonPage(comparison, settings, { ...figures, fonts, commandLine }));
  write("compare.json", toJsonFile({ versions: versions(), commandLine, ...comparison }));
}
