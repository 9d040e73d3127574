import type { Distribution } from "../distribution/distribution.ts";
import { diagonalGaussian } from "../distribution/diagonal-gaussian.ts";
import type { FisherModel } from "../fisher/fisher.ts";
import type { LinearOperator } from "../linear/operator.ts";
import { createRandom } from "../math/random.ts";
import { createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import { constantHead } from "../network/constant-head.ts";
import { linear } from "../network/linear.ts";
import { createPolicy, type Policy } from "../policy/policy.ts";
import { metricAt } from "./metric.ts";
import { normalVector, rowOf } from "./samples.ts";

/** A policy at a point with the steps of a batch. */
export interface FisherSample {
  readonly policy: Policy;
  readonly observations: Rows;
  readonly actions: Rows;
  readonly weights: Vector;
}

/** A linear-Gaussian policy of so many observations and actions, with or without a bias. */
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
export function linearGaussian(
  { observations, actions, bias }: PolicyShape,
  seed: number | string = "θ",
): Policy {
  const random = createRandom(seed);
  const network = constantHead(
    linear(observations, actions, { bias }),
    new Array<number>(actions).fill(0),
  );
  const policy = createPolicy(network, diagonalGaussian(actions), random);
  policy.theta.forEach((_, j) => (policy.theta[j] = 0.5 * random.normal()));
  return policy;
}

/** Observations, actions sampled by the policy, and weights that sum to one. */
export function sampleFrom(
  policy: Policy,
  count: number,
  seed: string,
): Omit<FisherSample, "policy"> {
  const random = createRandom(seed);
  const width = policy.network.inputSize;
  const observations = { count, width, data: normalVector(count * width, random) };
  const point = policy.network.linearisation(count);
  point.at(policy.theta, observations);
  const actions = createRows(count, policy.distribution.actionSize);
  policy.distribution.sample(point.outputs, random, actions);
  const weights = Float64Array.from({ length: count }, () => random.uniform(0.5, 1.5));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { observations, actions, weights: weights.map((weight) => weight / sum) };
}

/** A linear-Gaussian policy with such a sample. */
export function sampleOf(shape: PolicyShape, count: number, seed: string): FisherSample {
  const policy = linearGaussian(shape);
  return { policy, ...sampleFrom(policy, count, seed) };
}

/** The operator of a model at a sample. */
export function operatorAt(
  model: FisherModel<LinearOperator>,
  sample: FisherSample,
): LinearOperator {
  const { policy, observations, actions, weights } = sample;
  const point = policy.network.linearisation(observations.count);
  point.at(policy.theta, observations);
  return model.at(point, policy.distribution, actions, weights);
}

/** A e₀, A e₁, …, end to end. */
export function columnsOf(operator: LinearOperator): Vector {
  const { size } = operator;
  const columns = new Float64Array(size * size);
  const basis = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    basis[j] = 1;
    const column = new Float64Array(size).fill(NaN);
    operator.apply(basis, column);
    columns.set(column, j * size);
    basis[j] = 0;
  }
  return columns;
}

/** ∂fₙ/∂θⱼ by central differences, θ by θ. */
function jacobianOf(f: (theta: Vector) => Vector, theta: Vector, h: number): Vector[] {
  return Array.from(theta, (_, j) => {
    const moved = (step: number): Vector => f(theta.map((x, k) => (k === j ? x + step : x)));
    const [up, down] = [moved(h), moved(-h)];
    return up.map((value, n) => (value - down[n]) / (2 * h));
  });
}

/** Σᵢ wᵢ JᵢᵀM(ηᵢ)Jᵢ with J by finite differences of the network, column after column. */
export function explicitExact({ policy, observations, weights }: FisherSample): Vector {
  const { network, distribution, theta } = policy;
  const etaAt = (x: Vector): Rows => {
    const point = network.linearisation(observations.count);
    point.at(x, observations);
    return { ...point.outputs, data: point.outputs.data.slice() };
  };
  const eta = etaAt(theta);
  const jacobian = jacobianOf((x) => etaAt(x).data, theta, 1e-4);
  const metrics = Array.from({ length: eta.count }, (_, i) =>
    metricAt(distribution, rowOf(eta, i)).map((x) => x * weights[i]),
  );
  const { width } = eta;
  return outer(theta.length, (a, b) =>
    metrics.reduce((sum, m, i) => {
      for (let n = 0; n < width * width; n++) {
        const [j, k] = [Math.floor(n / width), n % width];
        sum += jacobian[a][i * width + j] * m[n] * jacobian[b][i * width + k];
      }
      return sum;
    }, 0),
  );
}

/** Σᵢ wᵢ sᵢsᵢᵀ with sᵢ by finite differences of log π(aᵢ | oᵢ; θ). */
export function explicitEmpirical(sample: FisherSample): Vector {
  const { policy, observations, actions, weights } = sample;
  const logProb = (theta: Vector): Vector => {
    const point = policy.network.linearisation(observations.count);
    point.at(theta, observations);
    return logProbOf(policy.distribution, point.outputs, actions);
  };
  const scores = jacobianOf(logProb, policy.theta, 1e-5);
  return outer(policy.theta.length, (a, b) =>
    weights.reduce((sum, weight, i) => sum + weight * scores[a][i] * scores[b][i], 0),
  );
}

/** The diagonal of the exact matrix, and zeros. */
export function explicitDiagonal(sample: FisherSample): Vector {
  const size = sample.policy.theta.length;
  return explicitExact(sample).map((x, n) => (n % (size + 1) === 0 ? x : 0));
}

function logProbOf(distribution: Distribution, eta: Rows, actions: Rows): Vector {
  const out = new Float64Array(eta.count);
  distribution.logProb(eta, actions, out);
  return out;
}

function outer(size: number, entry: (a: number, b: number) => number): Vector {
  return Float64Array.from({ length: size * size }, (_, n) =>
    entry(n % size, Math.floor(n / size)),
  );
}
