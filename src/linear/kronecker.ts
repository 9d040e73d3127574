import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import type { Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { InvertibleOperator } from "./operator.ts";
import { factorScaled, solveFactored } from "./scaled-cholesky.ts";

/**
 * B ⊗ A for symmetric positive semidefinite B (m × m) and A (n × n), on vectors that hold an m × n
 * matrix V row-major: (B ⊗ A) V = B V A.
 *
 * The damped inverse is exact for every λ. A diagonal B leaves one system for each row of V,
 * (bᵢ A + λI) xᵢ = vᵢ, solved by Cholesky, to which the units of A's variables make no difference. For
 * any other B = Q diag(b) Qᵀ with A = U diag(a) Uᵀ it is Q [QᵀVU ⊘ (b aᵀ + λ)] Uᵀ, by ml-matrix's
 * eigenvalues; those that rounding left below zero count as zero. Factors are made when first asked
 * for. Numbers that are not finite, and a singular product with λ = 0, give an inverse that is not
 * finite. Source: Martens & Grosse 2015, arXiv 1503.05671, §4.2 and appendix B. Differs from it: λ
 * damps the product, where their practical method damps each factor by √λ.
 */
export function kroneckerOperator(b: Rows, a: Rows): InvertibleOperator {
  const [m, n] = [b.width, a.width];
  const work = new Float64Array(m * n);
  let inverse: DampedInverse | undefined;
  return {
    size: m * n,
    apply: (v, out) => {
      multiply(b.data, v, m, work);
      multiply(work, a.data, m, out);
    },
    applyInverse: (v, damping, out) => {
      inverse ??= isDiagonal(b) ? inverseByRows(b, a) : inverseBySpectra(b, a, work);
      inverse(v, damping, out);
    },
  };
}

/** out ← (B ⊗ A + λI)⁻¹ v; `out` may be `v`. */
type DampedInverse = InvertibleOperator["applyInverse"];

/** The factors of all rows are kept until λ changes. */
function inverseByRows(b: Rows, a: Rows): DampedInverse {
  const [m, n] = [b.width, a.width];
  const factors = Array.from({ length: m }, () => new Float64Array(n * n));
  let factored = NaN;
  return (v, damping, out) => {
    if (factored !== damping) {
      factors.forEach((l, i) => factorScaled(a, b.data[i * m + i], damping, l));
      factored = damping;
    }
    for (let k = 0; k < v.length; k++) out[k] = v[k];
    factors.forEach((l, i) => solveFactored(l, n, out, i * n));
  };
}

function inverseBySpectra(b: Rows, a: Rows, work: Vector): DampedInverse {
  const [m, n] = [b.width, a.width];
  const [left, right] = [spectrumOf(b), spectrumOf(a)];
  return (v, damping, out) => {
    multiply(left.transposed, v, m, work);
    multiply(work, right.vectors, m, out);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) out[i * n + j] /= left.values[i] * right.values[j] + damping;
    }
    multiply(left.vectors, out, m, work);
    multiply(work, right.transposed, m, out);
  };
}

function isDiagonal({ width, data }: Rows): boolean {
  return data.every((value, k) => value === 0 || k % (width + 1) === 0);
}

/** A symmetric matrix as Q diag(values) Qᵀ; `vectors` holds Q row-major, `transposed` Qᵀ. */
interface Spectrum {
  readonly values: Vector;
  readonly vectors: Vector;
  readonly transposed: Vector;
}

function spectrumOf({ width, data }: Rows): Spectrum {
  if (!data.every(Number.isFinite)) {
    const undefinedMatrix = new Float64Array(width * width).fill(NaN);
    return {
      values: undefinedMatrix,
      vectors: undefinedMatrix,
      transposed: undefinedMatrix,
    };
  }
  const matrix = Matrix.from1DArray(width, width, data);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  });
  return {
    values: Float64Array.from(realEigenvalues, (value) => Math.max(value, 0)),
    vectors: Float64Array.from(eigenvectorMatrix.to1DArray()),
    transposed: Float64Array.from(eigenvectorMatrix.transpose().to1DArray()),
  };
}

/** out ← X Y, where X has `count` rows; the other sizes follow from the lengths. */
function multiply(x: Vector, y: Vector, count: number, out: Vector): void {
  const inner = x.length / count;
  const width = y.length / inner;
  out.fill(0);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < inner; k++) {
      const scale = x[i * inner + k];
      for (let j = 0; j < width; j++) out[i * width + j] += scale * y[k * width + j];
    }
  }
}
