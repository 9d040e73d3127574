import {
  cholesky,
  cosine,
  createRows,
  direct,
  empiricalFisher,
  exactFisher,
  type FisherModel,
  identityFisher,
  type LinearOperator,
  policyGradient,
  type Solver,
  type Vector,
} from "../../../src/index.ts";
import { type LeastSquares, settings, withoutPrior } from "./problem.ts";

/** M in dθ = γ M⁻¹g dt: I, the Fisher matrix (here the Hessian too), or the label-based one. */
export const flowNames = ["gradient", "natural", "empirical"] as const;
export type FlowName = (typeof flowNames)[number];

/** out ← γ (M + λI)⁻¹ g at θ, where g is the gradient of the log-posterior. */
export type Field = (theta: Vector, out: Vector) => void;

/** The field that a flow follows, with the γ that the code gives it. */
export function createField(name: FlowName, problem: LeastSquares): Field {
  switch (name) {
    case "gradient":
      return fieldOf(problem, {
        ...{ fisher: identityFisher(), solver: direct(), gamma: 1 / 3, damping: 0 },
      });
    case "natural":
      return fieldOf(problem, { fisher: exactFisher(), solver: cholesky(), gamma: 1 });
    case "empirical":
      return fieldOf(problem, {
        ...{ fisher: withoutPrior(empiricalFisher()), solver: cholesky(), gamma: 3 },
      });
  }
}

interface FieldParts<A extends LinearOperator> {
  readonly fisher: FisherModel<A>;
  readonly solver: Solver<A>;
  readonly gamma: number;
  readonly damping?: number;
}

/** g = Jᵀ(ρ ⊙ score) at the labels, then the solve. */
function fieldOf<A extends LinearOperator>(
  { policy: { network, distribution }, batch, weights }: LeastSquares,
  { fisher, solver, gamma, damping = settings.damping }: FieldParts<A>,
): Field {
  const { observations, actions, rewards: advantages } = batch;
  const point = network.linearisation(observations.count);
  const scratch = createRows(observations.count, network.outputSize);
  const g = new Float64Array(network.parameterCount);
  return (theta, out) => {
    point.at(theta, observations);
    policyGradient(point, distribution, { actions, advantages, weights }, scratch, g);
    solver.solve(fisher.at(point, distribution, actions, weights), damping, g, out);
    for (let j = 0; j < out.length; j++) out[j] *= gamma;
  };
}

/** Degrees; not a number where either is zero. */
export const angleBetween = (a: Vector, b: Vector): number =>
  (Math.acos(cosine(a, b)) * 180) / Math.PI;
