import type { Distribution } from "../distribution/distribution.ts";
import { createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { Metric } from "../network/kernels/curvature.ts";
import { createScratch } from "./fisher.ts";

/** w ⊙ M on a batch, split into the outputs of a network and the constants behind them. */
export interface OutputMetric {
  /** Of the network's outputs. */
  readonly body: Metric;
  /** Σᵢ ρᵢ Mᵢ,ⱼⱼ of each constant. */
  readonly constants: Vector;
}

/** How much smaller than its square the determinant of a 2 × 2 metric must be to count as zero. */
const RANK_ONE = 1e-9;

/**
 * Reads ρᵢ M(ηᵢ) off any distribution by products with a few vectors: two where M is diagonal,
 * which M·1 and M·(√2, √3, …) tell but for coincidences of measure zero, and otherwise one for
 * each output. `bodyWidth` outputs belong to the network, the rest are constants.
 *
 * One output, or two whose M has rank one as for a binary choice, give b with ρᵢMᵢ = bᵢbᵢᵀ.
 *
 * @throws RangeError where M couples outputs and there are constants.
 */
export function createMetricReader(): (
  distribution: Distribution,
  eta: Rows,
  weights: Vector,
  bodyWidth: number,
) => OutputMetric {
  const probeLike = createScratch();
  const diagonalProbes = createDiagonalProbes();
  const imageLike = createScratch();
  const secondLike = createScratch();
  const valuesLike = createScratch();
  const factorLike = createScratch();

  return (distribution, eta, weights, bodyWidth) => {
    const { count, width } = eta;
    const [probe, image, second] = [probeLike(eta), imageLike(eta), secondLike(eta)];
    const [ones, roots] = diagonalProbes(eta);
    distribution.applyFisher(eta, ones, image);
    distribution.applyFisher(eta, roots, second);
    if (isDiagonal(roots, image, second)) {
      const values = valuesLike({ count, width: bodyWidth, data: weights });
      const constants = splitDiagonal(image, weights, values);
      return { body: ofDiagonal(values, factorLike), constants };
    }
    if (bodyWidth < width) {
      throw new RangeError(
        `kernelFisher: constants need a distribution whose M is diagonal, got one that couples its parameters; use exactFisher`,
      );
    }
    const values = valuesLike({ count, width: width * width, data: weights });
    for (let b = 0; b < width; b++) {
      for (let i = 0; i < probe.data.length; i++) probe.data[i] = i % width === b ? 1 : 0;
      distribution.applyFisher(eta, probe, image);
      for (let i = 0; i < image.data.length; i++) {
        values.data[i * width + b] = weights[Math.floor(i / width)] * image.data[i];
      }
    }
    return { body: ofSquares(values, width, factorLike), constants: new Float64Array(0) };
  };
}

/** Rows of ones and rows of (√2, √3, …), filled only when the shape changes. */
function createDiagonalProbes(): (like: Rows) => [Rows, Rows] {
  let probes: [Rows, Rows] = [createRows(0, 0), createRows(0, 0)];
  return ({ count, width }) => {
    if (probes[0].count !== count || probes[0].width !== width) {
      probes = [createRows(count, width), createRows(count, width)];
      probes[0].data.fill(1);
      for (let i = 0; i < count * width; i++) probes[1].data[i] = Math.sqrt((i % width) + 2);
    }
    return probes;
  };
}

/** Whether M·(√2, √3, …) is (√2, √3, …) ⊙ M·1 in all rows. */
function isDiagonal(roots: Rows, ofOnes: Rows, ofRoots: Rows): boolean {
  const { data } = ofRoots;
  for (let i = 0; i < data.length; i++) {
    const difference = data[i] - roots.data[i] * ofOnes.data[i];
    if (Math.abs(difference) > 1e-12 * Math.abs(data[i])) return false;
  }
  return true;
}

/** values ← ρᵢ of the leading columns of the diagonals; returns Σ ρᵢ of the others. */
function splitDiagonal(diagonals: Rows, weights: Vector, values: Rows): Vector {
  const { count, width, data } = diagonals;
  const constants = new Float64Array(width - values.width);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < width; k++) {
      const value = weights[i] * data[i * width + k];
      if (k < values.width) values.data[i * values.width + k] = value;
      else constants[k - values.width] += value;
    }
  }
  return constants;
}

type Scratch = (like: Rows) => Rows;

/** A single output has rank one where no weight is negative. */
function ofDiagonal(values: Rows, factorLike: Scratch): Metric {
  if (values.width > 1 || values.data.some((value) => value < 0)) {
    return { form: "diagonal", values };
  }
  const factors = factorLike(values);
  for (let i = 0; i < factors.data.length; i++) factors.data[i] = Math.sqrt(values.data[i]);
  return { form: "rank-one", values: factors };
}

/** Two outputs have rank one where every determinant vanishes: b = (m₀₀, m₀₁)/√m₀₀, or from m₁₁. */
function ofSquares(values: Rows, width: number, factorLike: Scratch): Metric {
  const dense: Metric = { form: "dense", values };
  if (width !== 2) return dense;
  const { count, data } = values;
  const factors = factorLike({ count, width, data });
  for (let i = 0; i < count; i++) {
    const m00 = data[4 * i];
    const m01 = data[4 * i + 1];
    const m11 = data[4 * i + 3];
    const trace = m00 + m11;
    const determinant = m00 * m11 - m01 * m01;
    if (!(m00 >= 0 && m11 >= 0 && Math.abs(determinant) <= RANK_ONE * trace * trace)) return dense;
    const root = Math.sqrt(Math.max(m00, m11));
    const other = root === 0 ? 0 : m01 / root;
    factors.data[2 * i] = m00 >= m11 ? root : other;
    factors.data[2 * i + 1] = m00 >= m11 ? other : root;
  }
  return { form: "rank-one", values: factors };
}
