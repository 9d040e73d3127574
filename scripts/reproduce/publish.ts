import * as path from "node:path";
import { figureToSvg, renderReport, type ReportSection } from "../figures/index.ts";
import { embeddedFonts, withFonts } from "../figures/fonts.ts";
import { createDocument, svgToPng } from "../figures/render.ts";
import { writeFileAtomic } from "../support/files.ts";
import { toJsonFile } from "../support/json.ts";
import { versions } from "../support/versions.ts";
import { comparisonSection, verdictOf } from "./comparison.ts";
import type { Reproduction, ReproductionResult } from "./reproduction.ts";

export interface PublishOptions {
  readonly folder: string;
  readonly seeds: number;
  readonly quick: boolean;
  readonly workers: number;
  /** `performance.now()` at the start. */
  readonly began: number;
}

/** Writes the figures, `report.html` and `results.json`, each whole or not at all; returns their names. `results.json` comes last. */
export async function publish(
  { name, source }: Reproduction,
  result: ReproductionResult,
  { folder, seeds, quick, workers, began }: PublishOptions,
): Promise<string[]> {
  const written: string[] = [];
  const write = (file: string, data: string | Uint8Array): void => {
    writeFileAtomic(path.join(folder, file), data);
    written.push(file);
  };
  const document = await createDocument();
  const fonts = embeddedFonts();
  const sections: ReportSection[] = [];
  for (const { heading, sentence, figure, table } of result.sections) {
    const section = { heading, sentence, ...(table && { table }) };
    if (figure === undefined) {
      sections.push(section);
      continue;
    }
    const svg = figureToSvg(figure.draw(document));
    write(`${figure.name}.svg`, withFonts(svg, fonts));
    write(`${figure.name}.png`, await svgToPng(svg));
    sections.push({ ...section, svg });
  }
  sections.push(comparisonSection(result));
  const { title, lead, claim, comparisons, numbers } = result;
  const flags = `${seeds > 0 ? ` --seeds ${seeds}` : ""}${quick ? " --quick" : ""}`;
  const command = `natgrad reproduce ${name}${flags}`;
  const made = versions();
  const settings = {
    command,
    source,
    ...result.settings,
    "natgrad, Node": `${made.natgrad}, ${made.node}`,
  };
  write("report.html", renderReport({ title, lead, sections, settings, fonts }));
  const seconds = (performance.now() - began) / 1000;
  const files = [...written, "results.json"];
  const manifest = {
    ...{ name, title, source, command, versions: made, quick, workers, seconds, settings, files },
  };
  const verdict = verdictOf(comparisons);
  writeFileAtomic(
    path.join(folder, "results.json"),
    toJsonFile({ ...manifest, claim, verdict, comparisons, ...numbers }),
  );
  return files;
}
