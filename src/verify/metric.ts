import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import type { Distribution } from "../distribution/distribution.ts";
import { createRows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { DistributionSubject } from "./distribution.ts";
import { scoresAt, secondMoments } from "./expectation.ts";
import { normalRows, repeated, rowOf } from "./samples.ts";
import { type Checklist, counted, type Measured, relativeError, sameBits } from "./verify.ts";

/** M(η), column after column. */
export function metricAt(distribution: Distribution, eta: Vector): Vector {
  const width = eta.length;
  const basis = createRows(width, width);
  for (let k = 0; k < width; k++) basis.data[k * width + k] = 1;
  distribution.applyFisher(repeated(eta, width), basis, basis);
  return basis.data;
}

/** The largest of a measurement over the rows of η, with the largest tolerance. */
export function worstOf(count: number, measure: (row: number) => Measured): Measured {
  const all = Array.from({ length: count }, (_, i) => measure(i));
  const rank = ({ measured, tolerance }: Measured): number =>
    Number.isNaN(measured) ? Infinity : measured / tolerance;
  return all.reduce((worst, one) => (rank(one) > rank(worst) ? one : worst));
}

/** M against the moments of the score, its own symmetry, its factor and its quadrature. */
export function verifyMetric(list: Checklist, subject: DistributionSubject): void {
  const { distribution, eta, rules } = subject;
  const { parameterSize: width } = distribution;
  const row = (i: number): Vector => rowOf(eta, i);
  const wrong = "M is E[score scoreᵀ]: derive applyFisher from score anew";
  list.hold("E[score scoreᵀ] = M", wrong, () =>
    worstOf(eta.count, (i) => {
      const { actions, weights, error } = rules[i];
      const outer = secondMoments(scoresAt(distribution, row(i), actions), weights);
      const measured = relativeError(metricAt(distribution, row(i)), outer);
      return { measured, tolerance: Math.max(error, 1e-13) };
    }),
  );
  list.hold("M is symmetric and positive semidefinite", wrong, () =>
    worstOf(eta.count, (i) => definiteness(metricAt(distribution, row(i)))),
  );
  const aliased = "read v before writing out: the contract lets out be v";
  list.hold("applyFisher may write over its argument", aliased, () => {
    const v = normalRows(eta.count, width, "v");
    const out = createRows(eta.count, width);
    distribution.applyFisher(eta, v, out);
    distribution.applyFisher(eta, v, v);
    return counted(sameBits(v.data, out.data) ? [] : ["out differs where it is v"]);
  });
  verifyExtras(list, subject);
}

/** The factor and the quadrature, where the distribution has them. */
function verifyExtras(list: Checklist, { distribution, eta }: DistributionSubject): void {
  const { parameterSize: width, actionSize, factor, quadrature } = distribution;
  const row = (i: number): Vector => rowOf(eta, i);
  if (factor !== undefined) {
    list.hold("M = LLᵀ for its factor", "derive the columns of factor from M anew", () =>
      worstOf(eta.count, (i) => {
        const columns = createRows(factor.columns, width);
        const column = createRows(eta.count, width);
        for (let c = 0; c < factor.columns; c++) {
          factor.column(eta, c, column);
          columns.data.set(rowOf(column, i), c * width);
        }
        const product = secondMoments(columns, new Float64Array(factor.columns).fill(1));
        return {
          measured: relativeError(product, metricAt(distribution, row(i))),
          tolerance: 1e-14,
        };
      }),
    );
  }
  if (quadrature === undefined) return;
  list.hold("its own quadrature gives the moments of the score", "mend quadrature", () => {
    const own = quadrature(3);
    const actions = createRows(eta.count, actionSize);
    const weights = new Float64Array(eta.count);
    const scores = createRows(eta.count, width);
    const sums = Array.from({ length: eta.count }, () => new Float64Array(1 + width * width));
    for (let n = 0; n < own.count; n++) {
      own.node(eta, n, actions, weights);
      distribution.score(eta, actions, scores);
      sums.forEach((sum, i) => {
        const one = { count: 1, width, data: rowOf(scores, i) };
        const outer = secondMoments(one, weights.subarray(i, i + 1));
        sum[0] += weights[i];
        outer.forEach((x, j) => (sum[j + 1] += x));
      });
    }
    const totals = worstOf(eta.count, (i) => ({
      ...{ measured: Math.abs(sums[i][0] - 1), tolerance: 5e-14 },
      seen: `its weights sum to ${sums[i][0]}`,
    }));
    if (!(totals.measured <= totals.tolerance)) return totals;
    return worstOf(eta.count, (i) => {
      const measured = relativeError(sums[i].slice(1), metricAt(distribution, row(i)));
      return { measured, tolerance: 1e-12 };
    });
  });
}

/** How far a matrix is from symmetric, or below 0 its smallest eigenvalue, beside its largest entry. */
export function definiteness(matrix: Vector, tolerance = 1e-12): Measured {
  const width = Math.round(Math.sqrt(matrix.length));
  const scale = matrix.reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1;
  const dense = Matrix.from1DArray(width, width, matrix);
  const skew = Matrix.sub(dense, dense.transpose()).abs().max() / scale;
  if (!(skew <= tolerance)) {
    return { measured: skew, tolerance, seen: `it is not symmetric, by ${skew} of its scale` };
  }
  const symmetric = Matrix.add(dense, dense.transpose()).mul(0.5);
  const { realEigenvalues } = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });
  const least = Math.min(...realEigenvalues) / scale;
  const seen = `its least eigenvalue is ${least} of its scale`;
  return { measured: Math.max(skew, -least), tolerance, seen };
}
