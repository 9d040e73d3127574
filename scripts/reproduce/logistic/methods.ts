import {
  cholesky,
  diagonalFisher,
  diagonalOperator,
  direct,
  empiricalFisher,
  exactFisher,
  type FisherModel,
  fixed,
  identityFisher,
  type InvertibleOperator,
  type LinearOperator,
  materialise,
  maximumLikelihood,
  type Solver,
} from "../../../src/index.ts";
import { type LogisticRegression, lossOf, settings } from "./problem.ts";

/** What a step is preconditioned by. All but "gradient" and "natural" are damped. */
export type Method =
  "gradient" | "natural" | "damped" | "diagonal" | "empirical" | "empirical-diagonal";

interface Parts<A extends LinearOperator> {
  readonly fisher: FisherModel<A>;
  readonly solver: Solver<A>;
  readonly damping: number;
}

export interface RunOptions {
  readonly iterations: number;
  readonly stepSize?: number;
  /** Where it starts; zero by default. */
  readonly from?: readonly number[];
  /** Subtracts the direction in which the likelihood rises, as the listing does. */
  readonly asPrinted?: boolean;
}

/** θ after 0, 1, … iterations, and the loss there. */
export interface Run {
  readonly method: Method;
  readonly thetas: readonly (readonly number[])[];
  readonly losses: readonly number[];
}

export function runMethod(problem: LogisticRegression, method: Method, options: RunOptions): Run {
  const { damping } = settings;
  switch (method) {
    case "gradient":
      return climb(problem, method, options, {
        fisher: identityFisher(),
        solver: direct(),
        damping: 0,
      });
    case "natural":
      return climb(problem, method, options, {
        fisher: exactFisher(),
        solver: cholesky(),
        damping: 0,
      });
    case "damped":
      return climb(problem, method, options, {
        fisher: exactFisher(),
        solver: cholesky(),
        damping,
      });
    case "diagonal":
      return climb(problem, method, options, {
        fisher: diagonalFisher(),
        solver: direct(),
        damping,
      });
    case "empirical":
      return climb(problem, method, options, {
        fisher: empiricalFisher(),
        solver: cholesky(),
        damping,
      });
    case "empirical-diagonal":
      return climb(problem, method, options, {
        fisher: empiricalDiagonal(),
        solver: direct(),
        damping,
      });
  }
}

/** θ ← θ ± α(F + λI)⁻¹g: with rewards of −1 in place of 1, g has the other sign and F is the same. */
function climb<A extends LinearOperator>(
  problem: LogisticRegression,
  method: Method,
  { iterations, stepSize = settings.stepSize, from, asPrinted = false }: RunOptions,
  parts: Parts<A>,
): Run {
  const { policy, batch, reversed } = problem;
  const agent = maximumLikelihood({ ...parts, policy, step: fixed(stepSize), retries: 0 });
  const { theta } = policy;
  if (from === undefined) theta.fill(0);
  else theta.set(from);
  const thetas = [[...theta]];
  const losses = [lossOf(problem, theta)];
  for (let k = 0; k < iterations; k++) {
    agent.update(asPrinted ? reversed : batch);
    thetas.push([...theta]);
    losses.push(lossOf(problem, theta));
  }
  return { method, thetas, losses };
}

/** The diagonal of the empirical matrix, as in the last line of the listing. */
function empiricalDiagonal(): FisherModel<InvertibleOperator> {
  const model = empiricalFisher();
  return {
    at: (...batch) =>
      diagonalOperator(Float64Array.from(materialise(model.at(...batch)).diagonal())),
  };
}
