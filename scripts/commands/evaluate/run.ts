import * as path from "node:path";
import { prepareOutputFolder, writeFileAtomic } from "../../support/files.ts";
import { toJson, toJsonFile } from "../../support/json.ts";
import { versions } from "../../support/versions.ts";
import { evaluateRun } from "./evaluate.ts";
import type { EvaluationSettings } from "./settings.ts";
import { evaluationText } from "./text.ts";

const file = "evaluation.json";

/** Evaluates, prints, and writes what was asked for. */
export function runEvaluation(settings: EvaluationSettings): void {
  const { out, force, json } = settings;
  const folder =
    out === undefined ? undefined : prepareOutputFolder(out, { force, replaces: [file] });
  const evaluation = evaluateRun(settings);
  process.stdout.write(json ? `${toJson(evaluation)}\n` : evaluationText(evaluation));
  if (folder === undefined) return;
  writeFileAtomic(path.join(folder, file), toJsonFile({ versions: versions(), ...evaluation }));
  if (!json) process.stdout.write(`\nWritten to ${path.join(String(out), file)}\n`);
}
