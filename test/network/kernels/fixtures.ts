import {
  createRandom,
  createRows,
  type Distribution,
  mlp,
  type Network,
  type Random,
  type Rows,
  type Vector,
} from "../../../src/index.ts";
import { loadKernels } from "../../../src/network/kernels/load.ts";

/** The builds that this engine runs; `turbo` is right without its 256 bits, too, only slower. */
export const BUILDS = (["simd", "relaxed", "turbo"] as const).flatMap((name) => {
  const { module } = loadKernels({ builds: [name] });
  return module === undefined ? [] : [{ name, module, refused: [] }];
});

export const ACTIVATIONS = ["tanh", "relu"] as const;

/** The same network in float64, by widths. */
export function refereeMlp(shape: {
  readonly widths: readonly number[];
  readonly activation: "tanh" | "relu";
}): Network {
  const { widths, activation } = shape;
  const last = widths.length - 1;
  const sizes = { inputSize: widths[0], hidden: widths.slice(1, last), outputSize: widths[last] };
  return mlp({ ...sizes, activation });
}

export function uniformVector(random: Random, length: number, scale = 1): Vector {
  return Float64Array.from({ length }, () => random.uniform(-scale, scale));
}

export function uniformRows(random: Random, count: number, width: number): Rows {
  return { count, width, data: uniformVector(random, count * width) };
}

/** Parameters of a network between these widths that keep its units off the flat parts of tanh. */
export function parameters(random: Random, widths: readonly number[], constants = 0): Vector {
  const values: number[] = [];
  for (let l = 0; l + 1 < widths.length; l++) {
    const scale = 1.7 / Math.sqrt(widths[l]);
    for (let i = 0; i < widths[l] * widths[l + 1]; i++) values.push(random.uniform(-scale, scale));
    for (let i = 0; i < widths[l + 1]; i++) values.push(random.uniform(-0.1, 0.1));
  }
  for (let i = 0; i < constants; i++) values.push(random.uniform(-0.5, 0));
  return Float64Array.from(values);
}

/** max|a − b| / max|b|; NaN where a number is NaN. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let error = 0;
  let largest = 0;
  for (let i = 0; i < b.length; i++) {
    error = Math.max(error, Math.abs(a[i] - b[i]));
    largest = Math.max(largest, Math.abs(b[i]));
  }
  return largest === 0 ? error : error / largest;
}

/** A choice among `count` with logits η: M = diag(p) − ppᵀ. Only what a Fisher matrix needs. */
export function softmaxChoice(count: number): Distribution {
  const unused = (): never => {
    throw new Error("not needed here");
  };
  return {
    parameterSize: count,
    actionSize: 1,
    ...{
      sample: unused,
      mode: unused,
      logProb: unused,
      score: unused,
      kl: unused,
      entropy: unused,
    },
    applyFisher: (eta, v, out) => {
      for (let i = 0; i < eta.count; i++) {
        const at = i * count;
        const logits = eta.data.subarray(at, at + count);
        const largest = Math.max(...logits);
        const p = logits.map((logit) => Math.exp(logit - largest));
        const sum = p.reduce((a, b) => a + b, 0);
        let mean = 0;
        for (let k = 0; k < count; k++) mean += (p[k] / sum) * v.data[at + k];
        for (let k = 0; k < count; k++) out.data[at + k] = (p[k] / sum) * (v.data[at + k] - mean);
      }
    },
  };
}

export { createRandom, createRows };
