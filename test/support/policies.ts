import {
  constantHead,
  createPolicy,
  createRandom,
  createRows,
  diagonalGaussian,
  linear,
  type Policy,
  type Random,
  type Rows,
} from "../../src/index.ts";

/** The shape of a linear-Gaussian policy: n observations, m actions, with or without a bias. */
export interface PolicyShape {
  readonly observations: number;
  readonly actions: number;
  readonly bias: boolean;
}

/** Shapes that exercise rows, columns and offsets apart from each other. */
export const policyShapes: readonly PolicyShape[] = [
  { observations: 1, actions: 1, bias: false },
  { observations: 1, actions: 1, bias: true },
  { observations: 3, actions: 1, bias: true },
  { observations: 2, actions: 3, bias: true },
  { observations: 4, actions: 2, bias: false },
];

/** a ~ N(K o + b, diag σ²) with θ = (K row-major, b, log σ) drawn from N(0, ½²). */
export function linearGaussian({ observations, actions, bias }: PolicyShape, seed = "θ"): Policy {
  const random = createRandom(seed);
  const network = constantHead(
    linear(observations, actions, { bias }),
    new Array<number>(actions).fill(0),
  );
  const policy = createPolicy(network, diagonalGaussian(actions), random);
  policy.theta.forEach((_, j) => (policy.theta[j] = 0.5 * random.normal()));
  return policy;
}

/** Rows of N(0, 1). */
export function normalRows(count: number, width: number, random: Random): Rows {
  const rows = createRows(count, width);
  for (let i = 0; i < rows.data.length; i++) rows.data[i] = random.normal();
  return rows;
}

/** Observations, actions sampled by the policy, and weights that sum to one. */
export function sampleFrom(
  policy: Policy,
  count: number,
  seed: string,
): { observations: Rows; actions: Rows; weights: Float64Array } {
  const random = createRandom(seed);
  const observations = normalRows(count, policy.network.inputSize, random);
  const point = policy.network.linearisation(count);
  point.at(policy.theta, observations);
  const actions = createRows(count, policy.distribution.actionSize);
  policy.distribution.sample(point.outputs, random, actions);
  const weights = Float64Array.from({ length: count }, () => random.uniform(0.5, 1.5));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { observations, actions, weights: weights.map((weight) => weight / sum) };
}
