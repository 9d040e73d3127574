import { empiricalFisher, exactFisher, materialise } from "../../../src/index.ts";
import { type Method, type Run, runMethod } from "./methods.ts";
import { createProblem, leastMargin, type LogisticRegression, settings } from "./problem.ts";

/** The methods of the comparison, in the order of the legends. */
export const methods = [
  "gradient",
  "natural",
  "damped",
  "empirical",
  "diagonal",
] as const satisfies readonly Method[];

export const methodNames: Readonly<Record<(typeof methods)[number], string>> = {
  gradient: "gradient",
  natural: "natural",
  damped: "natural, damped",
  empirical: "empirical Fisher, damped",
  diagonal: "diagonal, damped",
};

/** Everything that is measured, with and without the intercept. */
export interface Experiment {
  readonly printed: Run;
  /** θ after the listing's last line, one step by the diagonal from the end of `printed`. */
  readonly printedDiagonal: readonly number[];
  readonly runs: readonly Run[];
  /** θ and loss of the maximum of the likelihood. */
  readonly optimum: { readonly theta: readonly number[]; readonly loss: number };
  /** The largest difference between an entry of F̂ and of F at θ = 0. */
  readonly differenceAtZero: number;
  /** With an intercept and steps of size 1. */
  readonly separated: readonly SeparatedRun[];
}

export interface SeparatedRun extends Run {
  /** The first iteration at which all labels are on their side; undefined if there is none. */
  readonly separatesAt: number | undefined;
}

/** Iterations of the long runs, and of those with an intercept. */
export interface Length {
  readonly long: number;
  readonly separated: number;
}
export const fullLength: Length = { long: 3000, separated: 1000 };

export function runExperiment({ long, separated }: Length): Experiment {
  const problem = createProblem();
  const { iterations } = settings;
  const printed = runMethod(problem, "empirical", { iterations: long, asPrinted: true });
  const [, printedDiagonal] = runMethod(problem, "empirical-diagonal", {
    ...{ iterations: 1, asPrinted: true, from: printed.thetas[iterations] },
  }).thetas;
  const newton = runMethod(problem, "natural", { iterations: 30, stepSize: 1 });
  return {
    printed,
    printedDiagonal,
    runs: methods.map((method) => runMethod(problem, method, { iterations: long })),
    optimum: { theta: newton.thetas[30], loss: newton.losses[30] },
    differenceAtZero: differenceAtZero(problem),
    separated: methods.map((method) => runSeparated(method, separated)),
  };
}

function runSeparated(method: Method, iterations: number): SeparatedRun {
  const problem = createProblem({ intercept: true });
  const run = runMethod(problem, method, { iterations, stepSize: 1 });
  const first = run.thetas.findIndex((theta) => leastMargin(problem, theta) > 0);
  return { ...run, separatesAt: first < 0 ? undefined : first };
}

function differenceAtZero({
  policy: { network, distribution },
  batch,
}: LogisticRegression): number {
  const { observations, actions } = batch;
  const point = network.linearisation(actions.count);
  point.at(new Float64Array(network.parameterCount), observations);
  const weights = new Float64Array(actions.count).fill(1 / actions.count);
  const [exact, empirical] = [exactFisher(), empiricalFisher()].map((model) =>
    materialise(model.at(point, distribution, actions, weights)).to1DArray(),
  );
  return Math.max(...exact.map((entry, i) => Math.abs(entry - empirical[i])));
}
