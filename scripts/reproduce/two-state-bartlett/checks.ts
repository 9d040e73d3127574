import type { Check } from "../comparison.ts";
import { pointValues, type RunValues, runValues } from "./check-values.ts";
import { type LearningRun, learningRun } from "./runs.ts";
import { type System, systems, valuesAt } from "./systems.ts";

/** Every value of TwoState_DF at θ = (0.43, 0.67), to the six decimals that the derived ones have. */
export function pointChecks(): Check[] {
  const [first, second] = pointValues.theta;
  const ours = valuesAt(systems[0], [first, second]);
  const check = (name: string, derived: number, value: number): Check => ({
    ...{ quantity: `${name} at θ = (${first}, ${second})`, derived, ours: value, tolerance: 5e-7 },
  });
  const each = (name: (i: number) => string, derived: readonly number[], all: readonly number[]) =>
    derived.map((value, i) => check(name(i + 1), value, all[i]));
  return [
    check("J", pointValues.return, ours.return),
    ...each((x) => `V(${x})`, pointValues.values, ours.values),
    ...each((u) => `A(1, ${u})`, pointValues.advantages[0], ours.advantages[0]),
    ...each((u) => `A(2, ${u})`, pointValues.advantages[1], ours.advantages[1]),
    ...each((x) => `d(${x})`, pointValues.stateDistribution, ours.stateDistribution),
    ...each((x) => `∂J/∂θ(${x})`, pointValues.gradient, ours.gradient),
    ...each((x) => `natural gradient, θ(${x})`, pointValues.naturalGradient, ours.naturalGradient),
  ];
}

/** A run of the library beside its derived values. */
export interface RunCheck {
  readonly system: System;
  readonly derived: RunValues;
  readonly run: LearningRun;
}

/** The runs of the library. */
export function runChecks(): RunCheck[] {
  return systems.flatMap((system) =>
    runValues
      .filter((values) => values.system === system.id)
      .map((derived) => ({
        ...{ system, derived },
        run: learningRun(system, derived.method, derived.start),
      })),
  );
}

/** The number of steps of each run, which must be the derived one. */
export function stepChecks(runs: readonly RunCheck[]): Check[] {
  return runs.map(({ system, derived, run }) => ({
    quantity: `${system.title}, ${derived.method} from (${derived.start.join(", ")}): steps`,
    ...{ derived: derived.steps, ours: run.path.length - 1, tolerance: 0 },
  }));
}
