import { CholeskyDecomposition, Matrix } from "ml-matrix";
import type { InvertibleOperator } from "../linear/operator.ts";
import { createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { LayerTrace, Linearisation } from "../network/network.ts";
import { factorColumns, layersOf, type OutputCotangents } from "./cotangents.ts";
import { exactFisher } from "./exact.ts";
import { createScratch, type FisherModel, weightRows } from "./fisher.ts";

/**
 * The exact F, which solves with itself in the space of the samples: with F = ΨΨᵀ,
 * Ψ = Jᵀ √w L (P × S, S = N · columns of L), Woodbury's identity gives
 * (F + λI)⁻¹ b = (b − Ψ (K + λI)⁻¹ Ψᵀb) / λ, K = ΨᵀΨ.
 *
 * Exact to rounding times ‖F‖/λ, and cheap where samples are few: K is summed over the layers from
 * inner products, K_{ic,jd} = √(ρᵢwⱼ) Σ_l (x̃ᵢᵀx̃ⱼ)(z̄ᵢcᵀz̄ⱼd), without ever forming Ψ, in O(S²) a
 * layer; its Cholesky factor (ml-matrix), made once for each λ, costs S³/3. F is singular here, so
 * λ = 0 gives a result that is not finite, which `direct` reports.
 *
 * @throws RangeError where S exceeds P, and at a network without layers or a distribution without a
 * factor.
 */
export function sampleSpaceFisher(): FisherModel<InvertibleOperator> {
  const exact = exactFisher();
  const scratchLike = createScratch();
  return {
    at: (point, distribution, actions, weights) => {
      const eta = point.outputs;
      const f = exact.at(point, distribution, actions, weights);
      const columns = factorColumns(distribution, eta, actions);
      requireFewSamples(eta.count, columns.count, f.size);
      const psi = createPsi(point, scaledColumns(columns, eta, weights), scratchLike(eta));
      const inSamples = new Float64Array(eta.count * columns.count);
      const correction = new Float64Array(f.size);
      let kernel: Matrix | undefined;
      let solver: { readonly damping: number; readonly factor: CholeskyDecomposition } | undefined;
      return {
        size: f.size,
        apply: (v, out) => f.apply(v, out),
        applyInverse: (b, damping, out) => {
          kernel ??= kernelOf(point, psi.columns);
          if (solver?.damping !== damping) solver = { damping, factor: factorOf(kernel, damping) };
          psi.applyTransposed(b, inSamples);
          solveInPlace(solver.factor, inSamples);
          psi.apply(inSamples, correction);
          for (let j = 0; j < b.length; j++) out[j] = (b[j] - correction[j]) / damping;
        },
      };
    },
  };
}

function requireFewSamples(count: number, columns: number, parameters: number): void {
  if (count * columns <= parameters) return;
  throw new RangeError(
    `sampleSpaceFisher: steps times columns of M's factor must be at most the ${parameters} parameters, got ${count} × ${columns}; use exactFisher with conjugateGradient or cholesky`,
  );
}

/** √ρᵢ L(ηᵢ) e_c for each c. */
function scaledColumns(columns: OutputCotangents, eta: Rows, weights: Vector): Rows[] {
  const roots = weights.map(Math.sqrt);
  return Array.from({ length: columns.count }, (_, c) => {
    const column = createRows(eta.count, eta.width);
    columns.at(c, column);
    weightRows(roots, column);
    return column;
  });
}

/** Ψ as an operator; entry c·N + i of a vector of samples belongs to column c of row i. */
interface Psi {
  readonly columns: readonly Rows[];
  /** out ← Ψ y. */
  apply(y: Vector, out: Vector): void;
  /** out ← Ψᵀ v. */
  applyTransposed(v: Vector, out: Vector): void;
}

function createPsi(point: Linearisation, columns: readonly Rows[], scratch: Rows): Psi {
  const { count, width, data } = scratch;
  return {
    columns,
    apply: (y, out) => {
      data.fill(0);
      columns.forEach((column, c) => {
        for (let k = 0; k < data.length; k++) {
          data[k] += column.data[k] * y[c * count + Math.floor(k / width)];
        }
      });
      point.vjp(scratch, out);
    },
    applyTransposed: (v, out) => {
      point.jvp(v, scratch);
      out.fill(0);
      columns.forEach((column, c) => {
        for (let k = 0; k < data.length; k++) {
          out[c * count + Math.floor(k / width)] += column.data[k] * data[k];
        }
      });
    },
  };
}

/** K = ΨᵀΨ. */
function kernelOf(point: Linearisation, columns: readonly Rows[]): Matrix {
  const { count } = point.outputs;
  const size = count * columns.length;
  const traces = columns.map((column) => layersOf("sampleSpaceFisher", point, column).map(copied));
  const kernel = createRows(size, size);
  for (let l = 0; l < (traces.at(0)?.length ?? 0); l++) {
    const { inputs, layer } = traces[0][l];
    const similarity = innerProducts(inputs, inputs, layer.bias ? 1 : 0);
    for (let c = 0; c < columns.length; c++) {
      for (let d = 0; d < columns.length; d++) {
        const products = innerProducts(traces[c][l].cotangents, traces[d][l].cotangents, 0);
        for (let i = 0; i < count; i++) {
          const row = (c * count + i) * size + d * count;
          for (let j = 0; j < count; j++) {
            kernel.data[row + j] += similarity[i * count + j] * products[i * count + j];
          }
        }
      }
    }
  }
  return Matrix.from1DArray(size, size, kernel.data);
}

/** A trace whose cotangents outlive the next one. */
function copied(trace: LayerTrace): LayerTrace {
  return { ...trace, cotangents: { ...trace.cotangents, data: trace.cotangents.data.slice() } };
}

/** xᵢᵀyⱼ + constant for all i and j. */
function innerProducts(x: Rows, y: Rows, constant: number): Vector {
  const { width } = x;
  const out = new Float64Array(x.count * y.count);
  for (let i = 0; i < x.count; i++) {
    for (let j = 0; j < y.count; j++) {
      let sum = constant;
      for (let k = 0; k < width; k++) sum += x.data[i * width + k] * y.data[j * width + k];
      out[i * y.count + j] = sum;
    }
  }
  return out;
}

function factorOf(kernel: Matrix, damping: number): CholeskyDecomposition {
  const damped = kernel.clone();
  for (let i = 0; i < damped.rows; i++) damped.set(i, i, damped.get(i, i) + damping);
  return new CholeskyDecomposition(damped);
}

/** y ← (K + λI)⁻¹ y, or NaN where there is no such number. */
function solveInPlace(factor: CholeskyDecomposition, y: Vector): void {
  if (!factor.isPositiveDefinite()) {
    y.fill(NaN);
    return;
  }
  const solution = factor.solve(Matrix.columnVector(y));
  for (let i = 0; i < y.length; i++) y[i] = solution.get(i, 0);
}
