import {
  type Agent,
  type Batch,
  cholesky,
  createPolicy,
  createRandom,
  createRows,
  direct,
  exactFisher,
  fixed,
  identityFisher,
  naturalGradient,
  oneStepBatch,
  type Policy,
  rewardsToGo,
  rowsFrom,
  type StateWeighting,
  zero,
} from "../../../src/index.ts";
import type { Method } from "../likelihood-path.ts";
import type { Coordinates, Pair, Problem, Quadrature } from "./problems.ts";

/** One point of a path in both coordinates. */
export interface DualPoint {
  readonly natural: Pair;
  readonly expectation: Pair;
}

/** How long steps are and how many. */
export interface Steps {
  readonly stepSize: number;
  readonly updates: number;
}

/** The other of the two. */
export const dualOf = (coordinates: Coordinates): Coordinates =>
  coordinates === "natural" ? "expectation" : "natural";

/**
 * Mirror descent: x′ = argmin_x ⟨∇f, x⟩ + B(x, x_t)/α over the coordinates x, with the Bregman divergence of
 * the potential A(θ) or of its conjugate A*(m). In closed form ∇(potential)(x′) = ∇(potential)(x) − α ∂f/∂x:
 * a plain gradient step in the dual coordinates, but with the gradient over x.
 *
 * Source: Nemirovski & Yudin 1983; Beck & Teboulle 2003, Operations Research Letters 31:167-175.
 */
export function mirror(
  problem: Problem,
  coordinates: Coordinates,
  { stepSize, updates }: Steps,
): DualPoint[] {
  let m = problem.start;
  const path = [pointAt(problem, "expectation", m)];
  for (let i = 0; i < updates; i++) {
    const overM = problem.gradient(m);
    if (coordinates === "natural") {
      m = stepFrom(m, stepSize, product(problem.covariance(m), overM));
    } else {
      m = problem.toExpectation(stepFrom(problem.toNatural(m), stepSize, overM));
    }
    path.push(pointAt(problem, "expectation", m));
  }
  return path;
}

/**
 * Gradient descent in one of the coordinates by natgrad's agent: exact Fisher × Cholesky (natural) or
 * identity × direct (vanilla), undamped, with fixed steps.
 *
 * Its batch holds every action of the quadrature as an episode of one step with the reward −c − τ log p,
 * whose expectation is −f, weighted by the quadrature, so that the policy gradient is exact. The path ends
 * early where a step would leave the family and is rejected.
 */
export function descend(
  problem: Problem,
  { coordinates, method }: Descent,
  { stepSize, updates }: Steps,
): DualPoint[] {
  const at = pointAt(problem, "expectation", problem.start)[coordinates];
  const policy = createPolicy(
    problem.network(coordinates, at),
    problem.distribution,
    createRandom(0),
  );
  let current: Quadrature = { actions: [], weights: [] };
  const agent = agentOf(policy, method, {
    stepSize,
    weighting: (_, weights) => weights.set(current.weights),
  });
  const path = [pointAt(problem, coordinates, at)];
  const point = policy.network.linearisation(1);
  for (let i = 0; i < updates; i++) {
    point.at(policy.theta, createRows(1, 0));
    const eta = Array.from(point.outputs.data);
    current = problem.quadrature(eta);
    const { outcome } = agent.update(batchOf(problem, eta, current.actions));
    if (outcome.startsWith("rejected")) break;
    path.push(pointAt(problem, coordinates, [policy.theta[0], policy.theta[1]]));
  }
  return path;
}

/** Which coordinates steps are taken in, and by which gradient. */
export interface Descent {
  readonly coordinates: Coordinates;
  readonly method: Method;
}

function agentOf(
  policy: Policy,
  method: Method,
  { stepSize, weighting }: { readonly stepSize: number; readonly weighting: StateWeighting },
): Agent {
  const common = {
    ...{ policy, weighting, baseline: zero(), advantage: rewardsToGo({ discount: 0 }) },
    ...{ damping: 0, step: fixed(stepSize), retries: 0 },
  };
  return method === "natural"
    ? naturalGradient({ ...common, fisher: exactFisher(), solver: cholesky() })
    : naturalGradient({ ...common, fisher: identityFisher(), solver: direct() });
}

function batchOf(
  { distribution, cost, temperature }: Problem,
  eta: readonly number[],
  actions: readonly number[],
): Batch {
  const rows = rowsFrom(actions.map((action) => [action]));
  const rewards = new Float64Array(actions.length);
  distribution.logProb(rowsFrom(actions.map(() => eta)), rows, rewards);
  actions.forEach((action, i) => (rewards[i] = -cost(action) - temperature * rewards[i]));
  return oneStepBatch(createRows(actions.length, 0), rows, rewards);
}

function pointAt(problem: Problem, coordinates: Coordinates, x: Pair): DualPoint {
  return coordinates === "natural"
    ? { natural: x, expectation: problem.toExpectation(x) }
    : { natural: problem.toNatural(x), expectation: x };
}

const stepFrom = (x: Pair, stepSize: number, direction: Pair): Pair => [
  x[0] - stepSize * direction[0],
  x[1] - stepSize * direction[1],
];

const product = ([first, second]: readonly [Pair, Pair], v: Pair): Pair => [
  first[0] * v[0] + first[1] * v[1],
  second[0] * v[0] + second[1] * v[1],
];

/** The largest difference of two paths, over both coordinates, relative to the largest of each; ∞ for other lengths. */
export function largestDifference(a: readonly DualPoint[], b: readonly DualPoint[]): number {
  if (a.length !== b.length) return Infinity;
  const of = (coordinates: Coordinates): number => {
    const numbers = (path: readonly DualPoint[]): number[] =>
      path.flatMap((point) => point[coordinates]);
    const [first, second] = [numbers(a), numbers(b)];
    const scale = Math.max(...first.map(Math.abs));
    return Math.max(...first.map((value, i) => Math.abs(value - second[i]))) / scale;
  };
  return Math.max(of("natural"), of("expectation"));
}
