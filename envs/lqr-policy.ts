import { createRows, type Distribution, type Policy, type Rows } from "../src/index.ts";

/** What a ~ N(K s + b, diag σ(ξ)²) with θ = (K row-major, b if there is one, ξ) is made of. */
export interface LinearGaussian {
  /** Numbers in s. */
  readonly states: number;
  /** Numbers in a. */
  readonly actions: number;
  /** Whether θ holds b. */
  readonly bias: boolean;
  /** σ of each action. */
  readonly sigma: readonly number[];
  /** d log σ/dξ of each action; 1 where ξ is log σ. */
  readonly rate: readonly number[];
}

/**
 * The parts of a linear-Gaussian policy; undefined for any other, and for one whose network does
 * not show its layers.
 *
 * The layers decide, since a perceptron can have as many parameters as an affine map: one dense
 * layer from s to the mean, then ξ as a layer without inputs.
 */
export function linearGaussian({
  network,
  distribution,
  theta,
}: Policy): LinearGaussian | undefined {
  const { inputSize: states, outputSize, parameterCount } = network;
  const actions = distribution.actionSize;
  if (outputSize !== 2 * actions || distribution.parameterSize !== 2 * actions) return undefined;
  const biases = parameterCount - actions * states - actions;
  if (biases !== 0 && biases !== actions) return undefined;
  const point = network.linearisation(1);
  point.at(theta, { count: 1, width: states, data: new Float64Array(states) });
  const layers = point.layers?.(point.outputs).map(({ layer }) => layer) ?? [];
  if (layers.length !== 2) return undefined;
  const [mean, spread] = layers;
  const fits =
    mean.offset === 0 &&
    mean.inputs === states &&
    mean.outputs === actions &&
    spread.inputs === 0 &&
    spread.outputs === actions;
  if (!fits) return undefined;
  return { states, actions, bias: mean.bias, ...spreadOf(distribution, point.outputs) };
}

/**
 * σ and d log σ/dξ, whatever σ(ξ) the distribution has: M is 1/σ² in μ, and the score in ξ is
 * (z² − 1) d log σ/dξ, at the mode −d log σ/dξ.
 */
function spreadOf(
  distribution: Distribution,
  eta: Rows,
): { readonly sigma: number[]; readonly rate: number[] } {
  const size = distribution.actionSize;
  const ones = createRows(1, 2 * size);
  ones.data.fill(1, 0, size);
  distribution.applyFisher(eta, ones, ones);
  const mode = createRows(1, size);
  const score = createRows(1, 2 * size);
  distribution.mode(eta, mode);
  distribution.score(eta, mode, score);
  return {
    sigma: Array.from(ones.data.subarray(0, size), (precision) => 1 / Math.sqrt(precision)),
    rate: Array.from(score.data.subarray(size), (value) => -value),
  };
}
