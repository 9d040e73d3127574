import type { Policy } from "../src/index.ts";

/** The sizes of a ~ N(K s + b, diag σ²) with θ = (K row-major, b if there is one, log σ). */
export interface LinearGaussian {
  /** Numbers in s. */
  readonly states: number;
  /** Numbers in a. */
  readonly actions: number;
  /** Whether θ holds b. */
  readonly bias: boolean;
}

/**
 * The sizes of a linear-Gaussian policy; undefined for any other, and for one whose network does
 * not show its layers.
 *
 * The layers decide, since a perceptron can have as many parameters as an affine map: one dense
 * layer from s to the mean, then log σ as a layer without inputs.
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
  return fits ? { states, actions, bias: mean.bias } : undefined;
}
