import {
  constant,
  createPolicy,
  createRandom,
  createRows,
  locationGaussian,
  type Network,
  oneStepBatch,
  reparametrised,
  type StepRule,
} from "../../../src/index.ts";
import { learner, type Method, pathOf } from "../likelihood-path.ts";

/** f(x, y) = (a − x)² + b(y − x²)² from its usual start, down to a target; the lecture gives none of these numbers. */
export const rosenbrock = { a: 1, b: 100, start: [-1.2, 1], target: 1e-16 } as const;
const { a, b } = rosenbrock;

/** r with f = ‖r‖²: r = (x − a, √b (y − x²)). */
export function residuals(x: number, y: number): [number, number] {
  return [x - a, Math.sqrt(b) * (y - x * x)];
}

export function valueAt(x: number, y: number): number {
  const [u, v] = residuals(x, y);
  return u * u + v * v;
}

/**
 * r as a network without inputs.
 *
 * f is the negative log-likelihood of an observation of 0 under N(r, ½I), up to a constant, so that
 * F = 2JᵀJ: the Gauss-Newton matrix of f, and the Euclidean metric of the plane of r pulled back.
 */
export function residualNetwork(start: readonly number[] = rosenbrock.start): Network {
  return reparametrised(
    constant([0, 0]),
    {
      apply: ([x, y], r) => r.set(residuals(x, y)),
      jacobian: ([x], { data }) => data.set([1, 0, -2 * Math.sqrt(b) * x, Math.sqrt(b)]),
    },
    start,
  );
}

export const residualDistribution = locationGaussian([Math.SQRT1_2, Math.SQRT1_2]);

/**
 * The first of α = 1, ½, ¼, … whose gain is at least 10⁻⁴ of the one predicted; 0 if none is.
 *
 * Source: Armijo's rule, Nocedal & Wright 2006, algorithm 3.1.
 */
export const backtracking: StepRule = (proposal) => {
  for (let alpha = 1; alpha > 1e-6; alpha /= 2) {
    if (proposal.trial(alpha).gain >= 1e-4 * alpha * proposal.slope) return alpha;
  }
  return 0;
};

/** A way down the valley. */
export interface RosenbrockRun {
  readonly key: string;
  readonly label: string;
  readonly method: Method;
  readonly step: number | StepRule;
  readonly updates: number;
}

/** Vanilla with a step near the largest that does not diverge; natural with a small, a searched and a full one. */
export const runs: readonly RosenbrockRun[] = [
  {
    ...{ key: "vanilla", label: "vanilla, step 0.001", method: "vanilla" },
    ...{ step: 0.001, updates: 20_000 },
  },
  {
    ...{ key: "natural", label: "natural, step 0.02", method: "natural" },
    ...{ step: 0.02, updates: 2000 },
  },
  {
    ...{ key: "backtracking", label: "natural, backtracking", method: "natural" },
    ...{ step: backtracking, updates: 250 },
  },
  {
    ...{ key: "newton", label: "natural, full steps", method: "natural" },
    ...{ step: 1, updates: 2 },
  },
];

/** The points of a run, until f is at most the target. */
export function descend({
  method,
  step,
  updates,
}: Omit<RosenbrockRun, "key" | "label">): number[][] {
  const policy = createPolicy(residualNetwork(), residualDistribution, createRandom(0));
  const batch = oneStepBatch(createRows(1, 0), createRows(1, 2));
  const until = ([x, y]: readonly number[]): boolean => valueAt(x, y) <= rosenbrock.target;
  return pathOf(learner(policy, method, step), batch, { updates, until });
}

/**
 * Where the natural gradient's flow is at time t: gradient descent in the plane of r, along r(t) = e⁻ᵗr₀,
 * brought back by x = a + r₁, y = x² + r₂/√b.
 */
export function flowAt(time: number): [number, number] {
  const [u, v] = residuals(...rosenbrock.start).map((r) => Math.exp(-time) * r);
  const x = a + u;
  return [x, x * x + v / Math.sqrt(b)];
}

/** Distance in the plane of r, at t = 1, of natural steps of a size from their flow. */
export function deviationAt(stepSize: number): number {
  const updates = Math.round(1 / stepSize);
  const [x, y] = descend({ method: "natural", step: stepSize, updates })[updates];
  const [u, v] = residuals(x, y);
  const [p, q] = residuals(...flowAt(1));
  return Math.hypot(u - p, v - q);
}
