import { CholeskyDecomposition, Matrix } from "ml-matrix";
import type { Distribution } from "../distribution/distribution.ts";
import { exp } from "../math/elementary.ts";
import { createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import {
  type ActionRule,
  densities,
  MOST,
  scoresAt,
  secondMoments,
  weighty,
} from "./expectation.ts";
import { relativeError } from "./verify.ts";

/** What refinements must agree to, and the smallest error claimed. */
const AGREED = 1e-9;

/** By what each refinement multiplies the step. */
const FINER = 0.7;

/** Where the actions lie: a = m + L sinh(t), component by component inside `low` to `high`. */
interface Place {
  readonly centre: Vector;
  readonly root: Matrix;
  readonly low: Vector;
  readonly high: Vector;
}

/**
 * The trapezoidal rule in t for a = m + L sinh(t), with the mean m and covariance LLᵀ of samples, its
 * step shortened until the moments of the score stay; none for more than three numbers.
 *
 * It converges exponentially for smooth densities, and reaches far into heavy tails; the error is ten
 * times what the last two refinements changed. Source: Trefethen & Weideman 2014, SIAM Review 56:385-458.
 */
export function integrationRule(
  distribution: Distribution,
  eta: Vector,
  samples: Rows,
): ActionRule | undefined {
  const size = distribution.actionSize;
  const place = size <= 3 ? placeOf(samples) : undefined;
  if (place === undefined) return undefined;
  const [reach, start] = size === 1 ? [8, 0.1] : [3.2, 0.35];
  let rule: ActionRule | undefined;
  let moments: Vector | undefined;
  let before = Infinity;
  for (let h = start; ; h *= FINER) {
    const perSide = Math.ceil(reach / h);
    const nodes = power(2 * perSide + 1, size);
    if (nodes > MOST) return rule;
    const finer = trapezoidal(distribution, eta, place, { h, perSide, nodes });
    const found = momentsOf(distribution, eta, finer);
    const change = moments === undefined ? Infinity : relativeError(moments, found);
    // Two changes: where the density jumps, one may be small by chance.
    const error = Math.max(AGREED, 10 * Math.max(before, change));
    rule = { ...finer, error: error < Infinity ? error : 1 };
    if (before <= AGREED && change <= AGREED) return rule;
    [moments, before] = [found, change];
  }
}

function power(base: number, exponent: number): number {
  return exponent === 0 ? 1 : base * power(base, exponent - 1);
}

function placeOf({ count, width, data }: Rows): Place | undefined {
  const columns = Array.from({ length: width }, (_, k) =>
    Float64Array.from({ length: count }, (_, i) => data[i * width + k]),
  );
  const centre = Float64Array.from(columns, (x) => x.reduce((sum, y) => sum + y, 0) / count);
  const covariance = new Matrix(width, width);
  columns.forEach((x, j) => {
    columns.forEach((y, k) => {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += (x[i] - centre[j]) * (y[i] - centre[k]);
      covariance.set(j, k, sum / count);
      covariance.set(k, j, sum / count);
    });
  });
  const factored = new CholeskyDecomposition(covariance);
  if (!factored.isPositiveDefinite()) return undefined;
  const low = Float64Array.from(columns, (x) => x.reduce((a, b) => Math.min(a, b)));
  const high = Float64Array.from(columns, (x) => x.reduce((a, b) => Math.max(a, b)));
  return { centre, root: factored.lowerTriangularMatrix, low, high };
}

interface Grid {
  readonly h: number;
  readonly perSide: number;
  readonly nodes: number;
}

function trapezoidal(
  distribution: Distribution,
  eta: Vector,
  place: Place,
  { h, perSide, nodes }: Grid,
): Omit<ActionRule, "error"> {
  const size = place.centre.length;
  const actions = createRows(nodes, size);
  const cells = new Float64Array(nodes);
  const z = new Float64Array(size);
  const side = 2 * perSide + 1;
  for (let n = 0; n < nodes; n++) {
    cells[n] = 1;
    for (let k = 0, rest = n; k < size; k++, rest = Math.floor(rest / side)) {
      const t = ((rest % side) - perSide) * h;
      z[k] = (exp(t) - exp(-t)) / 2;
      // da = L₁₁ L₂₂ … Π cosh(tₖ) dtₖ
      cells[n] *= (place.root.get(k, k) * h * (exp(t) + exp(-t))) / 2;
    }
    for (let k = 0; k < size; k++) {
      let a = place.centre[k];
      for (let j = 0; j <= k; j++) a += place.root.get(k, j) * z[j];
      actions.data[n * size + k] = a;
    }
  }
  const weights = densities(distribution, eta, actions);
  for (let n = 0; n < nodes; n++) {
    // Where no sample fell, log π may be undefined: outside the support.
    if (Number.isNaN(weights[n]) && isOutside(actions, n, place)) weights[n] = 0;
    weights[n] *= cells[n];
  }
  return { ...weighty(actions, weights), fromDensity: true };
}

function isOutside({ width, data }: Rows, n: number, { low, high }: Place): boolean {
  return Array.from(low).some((x, k) => {
    const a = data[n * width + k];
    return a < x || a > high[k];
  });
}

/** Σw and Σ w s sᵀ. */
function momentsOf(
  distribution: Distribution,
  eta: Vector,
  { actions, weights }: Omit<ActionRule, "error">,
): Vector {
  return Float64Array.of(
    weights.reduce((sum, w) => sum + w, 0),
    ...secondMoments(scoresAt(distribution, eta, actions), weights),
  );
}
