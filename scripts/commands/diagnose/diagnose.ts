import { batchRules } from "./batch-rules.ts";
import { evidenceOf, type Finding } from "./finding.ts";
import { policyRules } from "./policy-rules.ts";
import { type Reason, reasonsOf } from "./reasons.ts";
import type { DiagnosedRun } from "./records.ts";
import { stepRules } from "./step-rules.ts";
import { type Quantity, summarise } from "./summary.ts";

/** What the records of a run tell. */
export interface RunDiagnosis {
  readonly run: string;
  readonly environment: string;
  readonly agent: string;
  readonly updates: number;
  readonly steps: number;
  readonly outcomes: { readonly accepted: number; readonly shrunk: number; readonly none: number };
  readonly quantities: readonly Quantity[];
  readonly reasons: readonly Reason[];
  readonly findings: readonly Finding[];
  /** Whether records hold what only a diagnosis measures. */
  readonly diagnosed: boolean;
}

/** Problems come before notes, each kind in the order of the rules. */
export function diagnoseRun(run: DiagnosedRun): RunDiagnosis {
  const { records, folder, environment, agent } = run;
  const evidence = evidenceOf(run);
  const findings = [...stepRules, ...batchRules, ...policyRules].flatMap((rule) => {
    const finding = rule(evidence);
    return finding === undefined ? [] : [finding];
  });
  const count = (name: string): number => records.filter(({ outcome }) => outcome === name).length;
  const [accepted, shrunk] = [count("accepted"), count("shrunk")];
  const [updates, last] = [records.length, records[records.length - 1]];
  return {
    ...{ run: folder, environment, agent, updates, steps: Number(last.steps) },
    outcomes: { accepted, shrunk, none: updates - accepted - shrunk },
    quantities: summarise(records),
    reasons: reasonsOf(records),
    findings: ["problem", "note"].flatMap((level) =>
      findings.filter((finding) => finding.level === level),
    ),
    diagnosed: "halvesCosine" in last,
  };
}
