import {
  checkEnvironment,
  type Environment,
  type EnvironmentSurvey,
  type Finding,
  type Remark,
  remarksOn,
  surveyEnvironment,
} from "../../../src/index.ts";
import type { CheckSettings } from "./settings.ts";
import { type Cost, measureCost } from "./cost.ts";

/** What a check found out; `survey`, `remarks` and `cost` only of an environment that broke no rule. */
export interface Examination {
  readonly environment: string;
  readonly sizes: Pick<Environment, "stateSize" | "observationSize" | "actionSpace" | "horizon">;
  /** Rules that are broken. */
  readonly findings: readonly Finding[];
  /** What keeps the rules and yet makes learning slow. */
  readonly remarks: readonly Remark[];
  readonly survey?: EnvironmentSurvey;
  readonly cost?: Cost;
}

export function examine({ name, environment, steps, seed }: CheckSettings): Examination {
  const { stateSize, observationSize, actionSpace, horizon } = environment;
  const sizes = { stateSize, observationSize, actionSpace, horizon };
  const findings = checkEnvironment(environment, { steps, seed });
  if (findings.length > 0) return { environment: name, sizes, findings, remarks: [] };
  const survey = surveyEnvironment(environment, { steps, seed });
  const cost = measureCost(environment, seed);
  const remarks = [...remarksOn(survey, environment), ...allocationRemark(cost)];
  return { environment: name, sizes, findings, remarks, survey, cost };
}

/** Bytes a step from which it is objects and arrays, and not only the numbers that calls hand back. */
const MUCH = 600;

function allocationRemark({ bytesPerStep }: Cost): Remark[] {
  if (bytesPerStep < MUCH) return [];
  return [
    {
      seen: `${Math.round(bytesPerStep)} bytes allocated a step`,
      remedy: "make arrays once, outside step and observe, and write into them",
    },
  ];
}
