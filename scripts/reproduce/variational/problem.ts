import { naturalGaussian, type Rows, rowsFrom, type Vector } from "../../../src/index.ts";
import { numpyRandom } from "../../support/numpy-random.ts";

/** y ~ N(w₀ + w₁x, σ²) with the prior w ~ N(0, τ²I); x is uniform on [1, 4). */
export const settings = {
  ...{ seed: 0, rows: 20, sigma: 0.5, tau: 2 },
  truth: [1, -0.5],
} as const;

/** The family of q: Gaussians with any precision matrix, η = (h₀, h₁, Λ₀₀, Λ₁₀, Λ₁₁). */
export const family = naturalGaussian(2);

/** Bayesian linear regression. */
export interface Model {
  /** log p(y, w) of every row w, in nats. */
  readonly logJoint: (w: Rows, out: Vector) => void;
  /** η of the prior. */
  readonly prior: readonly number[];
  /** η of the posterior: that of the prior plus (Xᵀy, XᵀX)/σ². */
  readonly posterior: readonly number[];
}

export function createModel(): Model {
  const { x, y } = drawData();
  const { sigma, tau } = settings;
  const prior = [0, 0, tau ** -2, 0, tau ** -2];
  const posterior = [...prior];
  for (let i = 0; i < x.length; i++) {
    [y[i], x[i] * y[i], 1, x[i], x[i] ** 2].forEach((part, k) => {
      posterior[k] += part / sigma ** 2;
    });
  }
  return { logJoint: (w, out) => logJoint(x, y, w, out), prior, posterior };
}

function drawData(): { readonly x: readonly number[]; readonly y: readonly number[] } {
  const random = numpyRandom(settings.seed);
  const { rows, sigma, truth } = settings;
  const x = Array.from({ length: rows }, () => 1 + 3 * random.uniform());
  return { x, y: x.map((value) => truth[0] + truth[1] * value + sigma * random.normal()) };
}

function logJoint(x: readonly number[], y: readonly number[], w: Rows, out: Vector): void {
  const { sigma, tau } = settings;
  const log = (value: number, scale: number): number =>
    -0.5 * (value / scale) ** 2 - Math.log(scale) - 0.5 * Math.log(2 * Math.PI);
  for (let i = 0; i < w.count; i++) {
    const [intercept, slope] = [w.data[2 * i], w.data[2 * i + 1]];
    let sum = log(intercept, tau) + log(slope, tau);
    for (let n = 0; n < x.length; n++) sum += log(y[n] - intercept - slope * x[n], sigma);
    out[i] = sum;
  }
}

/** KL(q ‖ p) in nats of two η. */
export function klOf(q: readonly number[], p: readonly number[]): number {
  const out = new Float64Array(1);
  family.kl(rowsFrom([q]), rowsFrom([p]), out);
  return out[0];
}
