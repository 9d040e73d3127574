import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { resolve } = createRequire(import.meta.url);
const family = "@fontsource/source-sans-3";
const subsets = ["latin", "greek"];
const weights = [400, 600];

/**
 * `@font-face` rules that carry Source Sans 3 (Latin and Greek, regular and semibold, 65 kB) with a
 * page or a figure, so that text is as wide there as the layout assumed.
 */
export function embeddedFonts(): string {
  const ranges = JSON.parse(readFileSync(resolve(`${family}/unicode.json`), "utf8")) as Record<
    string,
    string
  >;
  const rules = subsets.flatMap((subset) =>
    weights.map((weight) => {
      const file = resolve(`${family}/files/source-sans-3-${subset}-${weight}-normal.woff2`);
      const data = readFileSync(file).toString("base64");
      return (
        `@font-face{font-family:"Source Sans 3";font-weight:${weight};unicode-range:${ranges[subset]};` +
        `src:url(data:font/woff2;base64,${data}) format("woff2")}`
      );
    }),
  );
  return rules.join("\n");
}

/** The text of an SVG file with the rules of `embeddedFonts` inside. */
export function withFonts(svg: string, rules: string): string {
  return svg.replace(/>/, `><style>${rules}</style>`);
}
