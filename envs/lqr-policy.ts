import type { Policy, Vector } from "../src/index.ts";
import type { MatrixRows } from "./lqr-problem.ts";

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

/** How the entries of θ and those of ((K b) row-major, σ) correspond. */
export interface Layout {
  readonly bias: boolean;
  /** (K b), or K. */
  gain(theta: Vector): number[][];
  /** Entries over ((K b), σ) in the order of θ, with those of σ turned into those of log σ. */
  scatter(values: readonly number[], toLog: (value: number, j: number) => number): Vector;
  /** The same for both sides of a symmetric matrix over ((K b), σ). */
  scatterSymmetric(rows: MatrixRows, toLog: (value: number, j: number) => number): number[][];
}

/** The layout of a linear-Gaussian policy over n states and m actions; undefined for any other. */
export function layoutOf(policy: Policy, n: number, m: number): Layout | undefined {
  const sizes = linearGaussian(policy);
  if (sizes?.states !== n || sizes.actions !== m) return undefined;
  const { bias } = sizes;
  const gains = m * n;
  const width = bias ? n + 1 : n;
  /** The index in θ of entry (j, i) of (K b). */
  const index = (j: number, i: number): number => (i < n ? j * n + i : gains + j);
  const scatter: Layout["scatter"] = (values, toLog) => {
    const out = new Float64Array(policy.theta.length);
    for (let j = 0; j < m; j++) {
      for (let i = 0; i < width; i++) out[index(j, i)] = values[j * width + i];
      out[out.length - m + j] = toLog(values[m * width + j], j);
    }
    return out;
  };
  return {
    bias,
    gain: (theta) =>
      Array.from({ length: m }, (_, j) =>
        Array.from({ length: width }, (_, i) => theta[index(j, i)]),
      ),
    scatter,
    scatterSymmetric: (rows, toLog) => {
      const half = rows.map((row) => scatter(row, toLog));
      return Array.from(policy.theta, (_, column) =>
        Array.from(
          scatter(
            half.map((row) => row[column]),
            toLog,
          ),
        ),
      );
    },
  };
}
