import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import type { Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { InvertibleOperator } from "./operator.ts";

/**
 * B ⊗ A for symmetric positive semidefinite B (m × m) and A (n × n), on vectors that hold an m × n
 * matrix V row-major: (B ⊗ A) V = B V A.
 *
 * With B = Q diag(b) Qᵀ and A = U diag(a) Uᵀ the damped inverse is exact for every λ,
 * (B ⊗ A + λI)⁻¹ V = Q [QᵀVU ⊘ (b aᵀ + λ)] Uᵀ, at one eigendecomposition of each factor (ml-matrix),
 * made when it is first asked for. Eigenvalues that rounding left below zero count as zero. Numbers
 * that are not finite, and a singular product with λ = 0, give an inverse that is not finite.
 * Source: Martens & Grosse 2015, arXiv 1503.05671, §4.2 and appendix B. Differs from it: λ damps the
 * product, where their practical method damps each factor by √λ.
 */
export function kroneckerOperator(b: Rows, a: Rows): InvertibleOperator {
  const [m, n] = [b.width, a.width];
  const work = new Float64Array(m * n);
  let spectra: { readonly b: Spectrum; readonly a: Spectrum } | undefined;
  return {
    size: m * n,
    apply: (v, out) => {
      multiply(b.data, v, m, work);
      multiply(work, a.data, m, out);
    },
    applyInverse: (v, damping, out) => {
      spectra ??= { b: spectrumOf(b), a: spectrumOf(a) };
      const { b: left, a: right } = spectra;
      multiply(left.transposed, v, m, work);
      multiply(work, right.vectors, m, out);
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) out[i * n + j] /= left.values[i] * right.values[j] + damping;
      }
      multiply(left.vectors, out, m, work);
      multiply(work, right.transposed, m, out);
    },
  };
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
