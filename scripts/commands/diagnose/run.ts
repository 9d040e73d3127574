import * as path from "node:path";
import { prepareOutputFolder, writeFileAtomic } from "../../support/files.ts";
import { toJson, toJsonFile } from "../../support/json.ts";
import { versions } from "../../support/versions.ts";
import { diagnoseRun, type RunDiagnosis } from "./diagnose.ts";
import { type DiagnosedRun, readDiagnosedRun } from "./records.ts";
import type { DiagnoseSettings } from "./settings.ts";
import { diagnosisText } from "./text.ts";

const files = ["diagnosis.svg", "diagnosis.png", "diagnosis.html", "diagnosis.json"];

/** Diagnoses, prints, and writes what was asked for. */
export async function runDiagnosis(
  { folder, last, out, force, json }: DiagnoseSettings,
  commandLine: readonly string[],
): Promise<void> {
  const run = readDiagnosedRun(folder);
  const diagnosis = diagnoseRun(run);
  const target =
    out === undefined ? undefined : prepareOutputFolder(out, { force, replaces: files });
  const updates = last === 0 ? [] : run.records.slice(-last);
  process.stdout.write(json ? `${toJson(diagnosis)}\n` : diagnosisText(diagnosis, updates));
  if (target === undefined) return;
  await writeFiles(target, run, { diagnosis, commandLine });
  if (!json) process.stdout.write(`\nWritten to ${String(out)}: ${files.join(", ")}\n`);
}

interface Content {
  readonly diagnosis: RunDiagnosis;
  readonly commandLine: readonly string[];
}

async function writeFiles(
  folder: string,
  run: DiagnosedRun,
  { diagnosis, commandLine }: Content,
): Promise<void> {
  const { figureToSvg } = await import("../../figures/index.ts");
  const { embeddedFonts, withFonts } = await import("../../figures/fonts.ts");
  const { createDocument, svgToPng } = await import("../../figures/render.ts");
  const { diagnosisFigure } = await import("./figure.ts");
  const { diagnosisPage } = await import("./page.ts");
  const svg = figureToSvg(diagnosisFigure(await createDocument(), run));
  const fonts = embeddedFonts();
  const write = (name: string, data: string | Uint8Array): void =>
    writeFileAtomic(path.join(folder, name), data);
  write("diagnosis.svg", withFonts(svg, fonts));
  write("diagnosis.png", await svgToPng(svg));
  write("diagnosis.html", diagnosisPage(diagnosis, { svg, fonts, commandLine }));
  write("diagnosis.json", toJsonFile({ versions: versions(), commandLine, ...diagnosis }));
}
