import { exp, expm1, log, power } from "../math/elementary.ts";
import { gaussHermite, type NormalQuadrature } from "../math/gauss-hermite.ts";
import type { Random } from "../math/random.ts";
import type { Rows } from "../math/rows.ts";
import { requireCount } from "../math/scalar.ts";
import type { Vector } from "../math/vector.ts";
import type { ActionQuadrature, Distribution } from "./distribution.ts";

const HALF_LOG_2PI = 0.5 * log(2 * Math.PI);

/**
 * a ~ N(μ, diag σ²) with η = (μ, log σ), for actions of `size` numbers.
 *
 * With z = (a − μ)/σ, per component:
 * log π = −z²/2 − log σ − ½ log 2π, score = (z/σ, z² − 1), M = diag(1/σ², 2),
 * M = LLᵀ with L = diag(1/σ, √2),
 * quadrature of `points` nodes a component, exact for polynomials of degree 2 · points − 1 in each,
 * KL(p ‖ q) = log(σ_q/σ_p) + (σ_p² + (μ_p − μ_q)²)/(2σ_q²) − ½, entropy = log σ + ½ log 2πe.
 *
 * @throws RangeError for a size that is not a positive integer.
 */
export function diagonalGaussian(size: number): Distribution {
  requireCount("diagonalGaussian", "size", size);
  return {
    parameterSize: 2 * size,
    actionSize: size,
    sample,
    mode,
    logProb,
    score,
    applyFisher,
    factor: { columns: 2 * size, column: factorColumn },
    quadrature: (points) => productQuadrature(size, gaussHermite(points)),
    kl,
    standardDeviation,
    entropy,
  };
}

function sample(eta: Rows, random: Random, actions: Rows): void {
  const { width: size, data: a } = actions;
  for (let i = 0; i < eta.count; i++) {
    for (let k = 0; k < size; k++) {
      const mu = 2 * i * size + k;
      a[i * size + k] = eta.data[mu] + exp(eta.data[mu + size]) * random.normal();
    }
  }
}

function mode(eta: Rows, actions: Rows): void {
  const { width: size, data: a } = actions;
  for (let i = 0; i < eta.count; i++) {
    for (let k = 0; k < size; k++) a[i * size + k] = eta.data[2 * i * size + k];
  }
}

// A learnt log σ is the same in every row, so the loops below go down the columns and take an
// exponential only where the number changes.

function logProb(eta: Rows, actions: Rows, out: Vector): void {
  const { width: size, data: a } = actions;
  out.fill(0, 0, eta.count);
  for (let k = 0; k < size; k++) {
    let logSigma = NaN;
    let inverse = NaN;
    for (let i = 0; i < eta.count; i++) {
      const mu = 2 * i * size + k;
      if (eta.data[mu + size] !== logSigma) {
        logSigma = eta.data[mu + size];
        inverse = exp(-logSigma);
      }
      const z = (a[i * size + k] - eta.data[mu]) * inverse;
      out[i] -= 0.5 * z * z + logSigma + HALF_LOG_2PI;
    }
  }
}

function score(eta: Rows, actions: Rows, out: Rows): void {
  const { width: size, data: a } = actions;
  for (let k = 0; k < size; k++) {
    let logSigma = NaN;
    let inverse = NaN;
    for (let i = 0; i < eta.count; i++) {
      const mu = 2 * i * size + k;
      if (eta.data[mu + size] !== logSigma) {
        logSigma = eta.data[mu + size];
        inverse = exp(-logSigma);
      }
      const z = (a[i * size + k] - eta.data[mu]) * inverse;
      out.data[mu] = z * inverse;
      out.data[mu + size] = z * z - 1;
    }
  }
}

function applyFisher(eta: Rows, v: Rows, out: Rows): void {
  const size = eta.width / 2;
  for (let k = 0; k < size; k++) {
    let logSigma = NaN;
    let inverse = NaN;
    for (let i = 0; i < eta.count; i++) {
      const mu = 2 * i * size + k;
      if (eta.data[mu + size] !== logSigma) {
        logSigma = eta.data[mu + size];
        inverse = exp(-logSigma);
      }
      out.data[mu] = v.data[mu] * inverse * inverse;
      out.data[mu + size] = 2 * v.data[mu + size];
    }
  }
}

function factorColumn({ count, width, data }: Rows, c: number, out: Rows): void {
  const size = width / 2;
  out.data.fill(0);
  for (let i = 0; i < count; i++) {
    const at = i * width + c;
    out.data[at] = c < size ? exp(-data[at + size]) : Math.SQRT2;
  }
}

/** Nodes μ + σ(z_{n₀}, z_{n₁}, …) with the products of their weights, n₀n₁… the digits of n. */
function productQuadrature(
  size: number,
  { nodes, weights: each }: NormalQuadrature,
): ActionQuadrature {
  const points = nodes.length;
  return {
    count: power(points, size),
    node: (eta, n, actions, weights) => {
      let weight = 1;
      for (let k = 0, left = n; k < size; k++, left = Math.floor(left / points)) {
        const digit = left % points;
        weight *= each[digit];
        for (let i = 0; i < eta.count; i++) {
          const mu = 2 * i * size + k;
          actions.data[i * size + k] = eta.data[mu] + exp(eta.data[mu + size]) * nodes[digit];
        }
      }
      weights.fill(weight, 0, eta.count);
    },
  };
}

function kl(p: Rows, q: Rows, out: Vector): void {
  const size = p.width / 2;
  out.fill(0, 0, p.count);
  for (let k = 0; k < size; k++) {
    let logSigmaP = NaN;
    let logSigmaQ = NaN;
    let inverse = NaN;
    let ofSigmas = NaN;
    for (let i = 0; i < p.count; i++) {
      const mu = 2 * i * size + k;
      if (p.data[mu + size] !== logSigmaP || q.data[mu + size] !== logSigmaQ) {
        logSigmaP = p.data[mu + size];
        logSigmaQ = q.data[mu + size];
        inverse = exp(-logSigmaQ);
        // log(σ_q/σ_p) + σ_p²/(2σ_q²) − ½ = d + ½ expm1(−2d), accurate for small d
        const d = logSigmaQ - logSigmaP;
        ofSigmas = d + 0.5 * expm1(-2 * d);
      }
      const z = (p.data[mu] - q.data[mu]) * inverse;
      out[i] += ofSigmas + 0.5 * z * z;
    }
  }
}

function standardDeviation(eta: Rows, out: Rows): void {
  const size = eta.width / 2;
  for (let k = 0; k < size; k++) {
    let logSigma = NaN;
    let sigma = NaN;
    for (let i = 0; i < eta.count; i++) {
      const at = 2 * i * size + size + k;
      if (eta.data[at] !== logSigma) {
        logSigma = eta.data[at];
        sigma = exp(logSigma);
      }
      out.data[i * size + k] = sigma;
    }
  }
}

function entropy(eta: Rows, out: Vector): void {
  const size = eta.width / 2;
  for (let i = 0; i < eta.count; i++) {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += eta.data[2 * i * size + size + k] + HALF_LOG_2PI + 0.5;
    out[i] = sum;
  }
}
