import { exp, log } from "../math/elementary.ts";
import type { Rows } from "../math/rows.ts";
import { logTanhSlope } from "../math/squash.ts";
import { boundedGaussian, createConversion, type SpreadBounds } from "./bounded-gaussian.ts";
import { diagonalGaussian } from "./diagonal-gaussian.ts";
import type { Distribution } from "./distribution.ts";

/** The box that actions are squashed into, a bound for each component. */
export interface SquashedBox {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/**
 * a = low + (high − low)(tanh u + 1)/2 with u ~ N(μ, diag σ²) and η = (μ, log σ), or (μ, ξ) with a σ
 * between `spread`. The numbers of an action are u: a follows from them, but near the bounds not they
 * from a. So are μ and σ those of u.
 *
 * With da/du = ½(high − low)(1 − tanh²u), per component: log π(a) = log N(u; μ, σ²) − log da/du. The
 * last term does not depend on η, so that score, M and KL are those of u. The entropy is that of u plus
 * E[log da/du], by the trapezoidal rule: to rounding up to σ = 100, to 10⁻⁶ of it beyond.
 *
 * Differs from the contract: `mode` is where μ is squashed to, the median of each component, as is usual
 * for evaluation. The density of a is largest elsewhere, for large σ at two points.
 *
 * Source: Haarnoja et al. 2018, arXiv 1801.01290, appendix C.
 *
 * @throws RangeError for a box without components or with bounds that are not finite and in order, or
 * what `boundedGaussian` refuses.
 */
export function squashedGaussian(box: SquashedBox, spread?: SpreadBounds): Distribution {
  requireBox(box);
  const size = box.low.length;
  const gaussian = spread === undefined ? diagonalGaussian(size) : boundedGaussian(size, spread);
  const plain = spread === undefined ? (eta: Rows) => eta : createConversion(size, spread);
  /** log ½(high − low), over all components. */
  const logHalfWidths = box.low.reduce((sum, low, k) => sum + log((box.high[k] - low) / 2), 0);
  return {
    ...gaussian,
    logProb: (eta, actions, out) => {
      gaussian.logProb(eta, actions, out);
      for (let i = 0; i < eta.count; i++) {
        let sum = logHalfWidths;
        for (let k = i * size; k < (i + 1) * size; k++) sum += logTanhSlope(actions.data[k]);
        out[i] -= sum;
      }
    },
    entropy: (eta, out) => {
      gaussian.entropy(eta, out);
      const { data } = plain(eta);
      for (let i = 0; i < eta.count; i++) {
        let sum = logHalfWidths;
        for (let k = 2 * i * size; k < (2 * i + 1) * size; k++) {
          sum += meanLogTanhSlope(data[k], exp(data[k + size]));
        }
        out[i] += sum;
      }
    },
  };
}

/** How many σ the rule goes to either side; the rest has a probability of 2 · 10⁻¹⁹. */
const REACH = 9;

/**
 * E[log(1 − tanh²u)], u ~ N(μ, σ²), by the trapezoidal rule in z = (u − μ)/σ with h = 1/(4 max(1, σ)):
 * singularities lie π/(2σ) off the real axis, so that its error is of the order of exp(−π²/(σh)).
 */
function meanLogTanhSlope(mu: number, sigma: number): number {
  const h = 1 / (4 * Math.min(Math.max(1, sigma), 100));
  let [sum, total] = [0, 0];
  for (let n = -Math.ceil(REACH / h); n <= REACH / h; n++) {
    const z = n * h;
    const weight = exp(-0.5 * z * z);
    total += weight;
    sum += weight * logTanhSlope(mu + sigma * z);
  }
  return sum / total;
}

function requireBox({ low, high }: SquashedBox): void {
  const bad = low.findIndex(
    (bound, k) => !(bound < high[k]) || !Number.isFinite(bound) || !Number.isFinite(high[k]),
  );
  if (low.length > 0 && low.length === high.length && bad < 0) return;
  throw new RangeError(
    `squashedGaussian: the box must have finite bounds, low below high, got low [${low.join(", ")}] and high [${high.join(", ")}]`,
  );
}
