import { exp, log } from "../math/elementary.ts";
import { createRows, type Rows } from "../math/rows.ts";
import { requireCount } from "../math/scalar.ts";
import { diagonalGaussian } from "./diagonal-gaussian.ts";
import type { Distribution, FisherFactor } from "./distribution.ts";

/** Between which standard deviations σ stays. */
export interface SpreadBounds {
  /** At least 0. */
  readonly low: number;
  /** Above `low`. */
  readonly high: number;
}

/**
 * a ~ N(μ, diag σ²) with η = (μ, ξ) and σ = low + (high − low)/(1 + exp ξ), which stays between its
 * bounds, so that exploration neither dies out nor explodes; σ falls as ξ grows.
 *
 * It is `diagonalGaussian` at (μ, log σ) with D = diag(1, d log σ/dξ) by the chain rule,
 * d log σ/dξ = −(high − low) s(1 − s)/σ, s = 1/(1 + exp ξ): score ← D score, M ← D M D, L ← D L; log π,
 * KL and entropy as there. Towards a bound D tends to 0, and M becomes singular.
 *
 * Source: Peters & Schaal 2008, Neurocomputing 71:1180-1190, section 4.1, with bounds of 0.1 and 1.1.
 *
 * @throws RangeError for a size that is not a positive integer, or bounds out of order.
 */
export function boundedGaussian(size: number, bounds: SpreadBounds): Distribution {
  requireCount("boundedGaussian", "size", size);
  requireBounds(bounds);
  const plain = diagonalGaussian(size);
  const [at, other] = [createConversion(size, bounds), createConversion(size, bounds)];
  const chained = (factor: FisherFactor): FisherFactor => ({
    columns: factor.columns,
    column: (eta, c, out) => {
      factor.column(at(eta), c, out);
      applyChainRule(size, bounds, eta, out);
    },
  });
  return {
    parameterSize: 2 * size,
    actionSize: size,
    sample: (eta, random, actions) => plain.sample(at(eta), random, actions),
    mode: (eta, actions) => plain.mode(eta, actions),
    logProb: (eta, actions, out) => plain.logProb(at(eta), actions, out),
    score: (eta, actions, out) => {
      plain.score(at(eta), actions, out);
      applyChainRule(size, bounds, eta, out);
    },
    applyFisher: (eta, v, out) => {
      out.data.set(v.data.subarray(0, eta.data.length));
      applyChainRule(size, bounds, eta, out);
      plain.applyFisher(at(eta), out, out);
      applyChainRule(size, bounds, eta, out);
    },
    ...(plain.factor && { factor: chained(plain.factor) }),
    kl: (p, q, out) => plain.kl(at(p), other(q), out),
    standardDeviation: (eta, out) => plain.standardDeviation?.(at(eta), out),
    entropy: (eta, out) => plain.entropy(at(eta), out),
  };
}

function spread({ low, high }: SpreadBounds, xi: number): number {
  return low + (high - low) / (1 + exp(xi));
}

/** Gives (μ, log σ) for rows of (μ, ξ), in a buffer made anew only when their number changes. */
export function createConversion(size: number, bounds: SpreadBounds): (eta: Rows) => Rows {
  let converted = createRows(0, 2 * size);
  return ({ count, data }) => {
    if (converted.count !== count) converted = createRows(count, 2 * size);
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < size; k++) {
        const mu = 2 * i * size + k;
        converted.data[mu] = data[mu];
        converted.data[mu + size] = log(spread(bounds, data[mu + size]));
      }
    }
    return converted;
  };
}

/** rowsᵢ ← D(ηᵢ) rowsᵢ. */
function applyChainRule(size: number, bounds: SpreadBounds, eta: Rows, rows: Rows): void {
  const { low, high } = bounds;
  for (let i = 0; i < eta.count; i++) {
    for (let k = 0; k < size; k++) {
      const at = 2 * i * size + size + k;
      const s = 1 / (1 + exp(eta.data[at]));
      rows.data[at] *= (-(high - low) * s * (1 - s)) / spread(bounds, eta.data[at]);
    }
  }
}

function requireBounds({ low, high }: SpreadBounds): void {
  if (low >= 0 && high > low && high < Infinity) return;
  throw new RangeError(
    `boundedGaussian: bounds must satisfy 0 ≤ low < high < ∞, got low ${low} and high ${high}`,
  );
}
