import { log } from "../math/elementary.ts";
import type { Random } from "../math/random.ts";
import type { Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { Distribution } from "./distribution.ts";

const HALF_LOG_2PI = 0.5 * log(2 * Math.PI);

/**
 * a ~ N(η, diag σ²) whose standard deviations σ are known: least squares is this behind a network.
 *
 * With z = (a − η)/σ, per component: log π = −z²/2 − log σ − ½ log 2π, score = z/σ, M = 1/σ²,
 * KL(p ‖ q) = (η_p − η_q)²/(2σ²), entropy = log σ + ½ log 2πe.
 *
 * @throws RangeError unless there is a σ and all of them are positive.
 */
export function locationGaussian(sigma: readonly number[]): Distribution {
  const bad = sigma.findIndex((value) => !(value > 0 && value < Infinity));
  if (sigma.length === 0 || bad >= 0) {
    throw new RangeError(
      `locationGaussian: sigma must be positive numbers, one a component, got ${sigma.length === 0 ? "none" : sigma[bad]}`,
    );
  }
  const size = sigma.length;
  const variance = sigma.map((s) => s * s);
  const logNormaliser = sigma.reduce((sum, s) => sum + log(s) + HALF_LOG_2PI, 0);
  return {
    parameterSize: size,
    actionSize: size,
    sample: (eta, random, actions) => sample(eta, sigma, random, actions),
    mode: (eta, actions) => actions.data.set(eta.data),
    logProb: (eta, actions, out) => {
      halfSquares(actions, eta, sigma, out);
      for (let i = 0; i < eta.count; i++) out[i] = -out[i] - logNormaliser;
    },
    score: (eta, { data: a }, out) => {
      for (let k = 0; k < a.length; k++) {
        out.data[k] = (a[k] - eta.data[k]) / variance[k % size];
      }
    },
    applyFisher: (_, v, out) => {
      for (let k = 0; k < v.data.length; k++) out.data[k] = v.data[k] / variance[k % size];
    },
    factor: {
      columns: size,
      column: (eta, c, out) => {
        out.data.fill(0);
        for (let i = 0; i < eta.count; i++) out.data[i * size + c] = 1 / sigma[c];
      },
    },
    kl: (p, q, out) => halfSquares(p, q, sigma, out),
    standardDeviation: (_, out) => {
      for (let k = 0; k < out.data.length; k++) out.data[k] = sigma[k % size];
    },
    entropy: (eta, out) => void out.fill(logNormaliser + size / 2, 0, eta.count),
  };
}

function sample(eta: Rows, sigma: readonly number[], random: Random, actions: Rows): void {
  for (let k = 0; k < eta.data.length; k++) {
    actions.data[k] = eta.data[k] + sigma[k % eta.width] * random.normal();
  }
}

/** outᵢ ← Σₖ (xᵢₖ − yᵢₖ)² / (2σₖ²). */
function halfSquares(x: Rows, y: Rows, sigma: readonly number[], out: Vector): void {
  const { count, width } = x;
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let k = 0; k < width; k++) {
      const z = (x.data[i * width + k] - y.data[i * width + k]) / sigma[k];
      sum += 0.5 * z * z;
    }
    out[i] = sum;
  }
}
