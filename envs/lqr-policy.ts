import {
  createRows,
  type Distribution,
  type Policy,
  type Rows,
  type Vector,
} from "../src/index.ts";
import type { MatrixRows } from "./lqr-problem.ts";

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
 * The parts of a linear-Gaussian policy; undefined for any other, for one that normalises its
 * observations and so has another K, and for one whose network does not show its layers.
 *
 * The layers decide, since a perceptron can have as many parameters as an affine map: one dense
 * layer from s to the mean, then ξ as a layer without inputs.
 */
export function linearGaussian(policy: Policy): LinearGaussian | undefined {
  const { network, distribution, theta, normaliser } = policy;
  if (normaliser !== undefined) return undefined;
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

/** How the entries of θ and those of ((K b) row-major, σ) correspond. */
export interface Layout {
  readonly bias: boolean;
  readonly sigma: readonly number[];
  /** dσ/dξ. */
  readonly slope: readonly number[];
  /** (K b), or K. */
  gain(theta: Vector): number[][];
  /** Entries over ((K b), σ) in the order of θ, with those of σ turned into those of ξ. */
  scatter(values: readonly number[], toXi: (value: number, j: number) => number): Vector;
  /** The same for both sides of a symmetric matrix over ((K b), σ). */
  scatterSymmetric(rows: MatrixRows, toXi: (value: number, j: number) => number): number[][];
}

/**
 * The layout of a linear-Gaussian policy over n states and m actions, σ at its present θ; undefined
 * for any other.
 */
export function layoutOf(policy: Policy, n: number, m: number): Layout | undefined {
  const parts = linearGaussian(policy);
  if (parts?.states !== n || parts.actions !== m) return undefined;
  const { bias, sigma, rate } = parts;
  const gains = m * n;
  const width = bias ? n + 1 : n;
  /** The index in θ of entry (j, i) of (K b). */
  const index = (j: number, i: number): number => (i < n ? j * n + i : gains + j);
  const scatter: Layout["scatter"] = (values, toXi) => {
    const out = new Float64Array(policy.theta.length);
    for (let j = 0; j < m; j++) {
      for (let i = 0; i < width; i++) out[index(j, i)] = values[j * width + i];
      out[out.length - m + j] = toXi(values[m * width + j], j);
    }
    return out;
  };
  return {
    bias,
    sigma,
    slope: sigma.map((value, j) => value * rate[j]),
    gain: (theta) =>
      Array.from({ length: m }, (_, j) =>
        Array.from({ length: width }, (_, i) => theta[index(j, i)]),
      ),
    scatter,
    scatterSymmetric: (rows, toXi) => {
      const half = rows.map((row) => scatter(row, toXi));
      return Array.from(policy.theta, (_, column) =>
        Array.from(
          scatter(
            half.map((row) => row[column]),
            toXi,
          ),
        ),
      );
    },
  };
}
