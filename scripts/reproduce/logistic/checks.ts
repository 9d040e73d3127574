import { type Check, toNineDigits } from "../comparison.ts";
import { derivedOptimum, derivedRuns, derivedSeparated } from "./check-values.ts";
import { type Experiment, methodNames, methods } from "./experiment.ts";
import type { Method, Run } from "./methods.ts";
import { settings } from "./problem.ts";

/** Steps of the derived value with an intercept, and where the ratio of losses is taken. */
const SEPARATED_STEPS = 1000;
const RATIO_STEPS = 100;

/** Everything that has a derived value, beside it; a first look is too short for some. */
export function checks(experiment: Experiment): Check[] {
  const { printed, printedDiagonal, runs, optimum, differenceAtZero, separated } = experiment;
  const { iterations } = settings;
  const nats = "log 2 = 0.693 at θ = 0: it rises";
  return [
    ...pair("listing as printed", derivedRuns.printed.theta, printed.thetas[iterations]),
    toNineDigits(
      "its loss after 10 iterations",
      derivedRuns.printed.loss,
      printed.losses[iterations],
      nats,
    ),
    ...pair("its diagonal line", derivedRuns.printedDiagonal.theta, printedDiagonal),
    ...methods.flatMap((method) =>
      pair(methodNames[method], derivedRuns[method].theta, of(runs, method).thetas[iterations]),
    ),
    ...pair("optimum", derivedOptimum.theta, optimum.theta),
    toNineDigits("its loss", derivedOptimum.loss, optimum.loss),
    {
      quantity: "largest difference of the empirical and the exact F at θ = 0",
      ...{ derived: 0, ours: differenceAtZero, tolerance: 0 },
      note: "there (y − ½)² = ½(1 − ½)",
    },
    ...separatedChecks(separated),
  ];
}

function separatedChecks(runs: readonly Run[]): Check[] {
  const [damped, natural] = [of(runs, "damped"), of(runs, "natural")];
  const theta = damped.thetas.at(SEPARATED_STEPS);
  return [
    toNineDigits(
      "with intercept, natural: loss of step 101 over that of step 100",
      Math.exp(-1),
      natural.losses[RATIO_STEPS + 1] / natural.losses[RATIO_STEPS],
      "1/e: in the limit every step adds 1 to the logits of the nearest points",
    ),
    ...(theta === undefined
      ? []
      : pair("with intercept, damped, 1000 steps", derivedSeparated.theta, theta)),
  ];
}

function of<R extends Run>(runs: readonly R[], method: Method): R {
  const found = runs.find((run) => run.method === method);
  if (found === undefined) throw new Error(`logistic: no run of ${method}`);
  return found;
}

const pair = (name: string, derived: readonly number[], ours: readonly number[]): Check[] =>
  derived.map((value, i) => toNineDigits(`${name}: θ${"₁₂₃"[i]}`, value, ours[i]));
