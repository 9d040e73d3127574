import * as path from "node:path";
import { prepareOutputFolder, writeFileAtomic } from "../../support/files.ts";
import { watchForInterruption } from "../../support/interruption.ts";
import { toJson, toJsonFile } from "../../support/json.ts";
import { createProgress, type Progress } from "../../support/progress.ts";
import { versions } from "../../support/versions.ts";
import { compareEstimators, type EstimatorComparison } from "./compare.ts";
import type { EstimatorSettings } from "./settings.ts";
import { comparisonText } from "./text.ts";

const files = ["estimators.svg", "estimators.png", "results.json"];

/** Compares, prints, and writes the files asked for; returns the exit code. */
export async function runComparison(settings: EstimatorSettings): Promise<number> {
  const { out, force, json } = settings;
  const folder =
    out === undefined ? undefined : prepareOutputFolder(out, { force, replaces: files });
  const interruption = watchForInterruption();
  const abort = new AbortController();
  const watch = setInterval(() => {
    if (interruption.reason !== undefined) abort.abort();
  }, 50);
  let progress: Progress | undefined;
  let done = 0;
  try {
    const comparison = await compareEstimators(settings, {
      onTotal: (total) => (progress = createProgress({ total, label: "compare-estimators" })),
      onDone: () => progress?.update(++done),
      signal: abort.signal,
    });
    progress?.finish();
    process.stdout.write(json ? `${toJson(comparison)}\n` : comparisonText(comparison));
    if (folder !== undefined) {
      await writeFiles(folder, comparison);
      if (!json) process.stdout.write(`\n${files.length} files in ${String(out)}\n`);
    }
    return 0;
  } catch (error) {
    progress?.finish();
    if (!abort.signal.aborted) throw error;
    process.stderr.write(`compare-estimators: stopped by ${interruption.reason ?? "a signal"}\n`);
    return interruption.exitCode;
  } finally {
    clearInterval(watch);
    interruption.dispose();
  }
}

async function writeFiles(folder: string, comparison: EstimatorComparison): Promise<void> {
  const { figureToSvg } = await import("../../figures/index.ts");
  const { embeddedFonts, withFonts } = await import("../../figures/fonts.ts");
  const { createDocument, svgToPng } = await import("../../figures/render.ts");
  const { comparisonFigure } = await import("./figure.ts");
  const svg = figureToSvg(comparisonFigure(await createDocument(), comparison));
  const [figure, image, results] = files.map((file) => path.join(folder, file));
  writeFileAtomic(figure, withFonts(svg, embeddedFonts()));
  writeFileAtomic(image, await svgToPng(svg));
  writeFileAtomic(results, toJsonFile({ versions: versions(), ...comparison }));
}
