import { CholeskyDecomposition, inverse, Matrix } from "ml-matrix";
import { type Rows, rowsFrom } from "../../src/index.ts";
import { randomRows } from "../support/numbers.ts";

/** Actions and weights whose weighted sums are expectations under π(·; η). */
export type Quadrature = (eta: Float64Array) => { action: number[]; weight: number }[];

/** Every choice that has a probability, with it. */
export const enumeration: Quadrature = (eta) => {
  const weights = eta.map((x) => Math.exp(x));
  const total = weights.reduce((sum, weight) => sum + weight);
  const all = Array.from(weights, (weight, a) => ({ action: [a], weight: weight / total }));
  return all.filter(({ weight }) => weight > 0);
};

/** Every combination of the nodes of parts, η = (η₁, η₂, …) cut where they begin. */
export const combinations =
  (parts: readonly { readonly width: number; readonly quadrature: Quadrature }[]): Quadrature =>
  (eta) => {
    let start = 0;
    return parts.reduce<ReturnType<Quadrature>>(
      (nodes, { width, quadrature }) => {
        const own = quadrature(eta.slice(start, start + width));
        start += width;
        return nodes.flatMap(({ action, weight }) =>
          own.map((node) => ({
            ...{ action: [...action, ...node.action], weight: weight * node.weight },
          })),
        );
      },
      [{ action: [], weight: 1 }],
    );
  };

/** Every row of zeros and ones with its probability. */
export const outcomes: Quadrature = (eta) =>
  Array.from({ length: 2 ** eta.length }, (_, number) => {
    const action = Array.from(eta, (_, k) => Math.floor(number / 2 ** k) % 2);
    const factors = action.map((a, k) => 1 / (1 + Math.exp(a === 1 ? -eta[k] : eta[k])));
    return { action, weight: factors.reduce((product, p) => product * p) };
  });

/** Gauss-Hermite of N(0, I) with three points a component: exact for polynomials of degree 5. */
function hermiteNodes(size: number): ReturnType<Quadrature> {
  let nodes: ReturnType<Quadrature> = [{ action: [], weight: 1 }];
  for (let k = 0; k < size; k++) {
    nodes = nodes.flatMap(({ action, weight }) => [
      { action: [...action, -Math.sqrt(3)], weight: weight / 6 },
      { action: [...action, 0], weight: (2 * weight) / 3 },
      { action: [...action, Math.sqrt(3)], weight: weight / 6 },
    ]);
  }
  return nodes;
}

/** Of η = (μ, ξ) with standard deviations σ(ξ). */
const hermiteOf =
  (sigma: (xi: number) => number): Quadrature =>
  (eta) => {
    const size = eta.length / 2;
    return hermiteNodes(size).map(({ action: z, weight }) => ({
      ...{ action: z.map((zk, k) => eta[k] + sigma(eta[size + k]) * zk), weight },
    }));
  };

/** Of η = (μ, log σ). */
export const hermite = hermiteOf(Math.exp);

/**
 * The trapezoidal rule of step 0.15 for N(0, I), to rounding for whatever is smooth: with a σ of at most
 * 1.1 also for log cosh u, whose singularities are π/2 off the real axis.
 */
function trapezoidNodes(size: number): ReturnType<Quadrature> {
  const h = 0.15;
  const line = Array.from({ length: 121 }, (_, n) => (n - 60) * h);
  const total = line.reduce((sum, z) => sum + Math.exp(-0.5 * z * z), 0);
  return Array.from({ length: size }).reduce<ReturnType<Quadrature>>(
    (nodes) =>
      nodes.flatMap(({ action, weight }) =>
        line.map((z) => ({
          action: [...action, z],
          weight: (weight * Math.exp(-0.5 * z * z)) / total,
        })),
      ),
    [{ action: [], weight: 1 }],
  );
}

/** Of η = (μ, ξ) with σ between bounds, fine enough for what tanh makes of u. */
export const fineBounded: Quadrature = (eta) => {
  const size = eta.length / 2;
  return trapezoidNodes(size).map(({ action: z, weight }) => ({
    action: z.map((zk, k) => eta[k] + (0.1 + 1 / (1 + Math.exp(eta[size + k]))) * zk),
    weight,
  }));
};

/** Of η = (μ, log σ), fine enough for what tanh makes of u. */
export const fine: Quadrature = (eta) => {
  const size = eta.length / 2;
  return trapezoidNodes(size).map(({ action: z, weight }) => ({
    action: z.map((zk, k) => eta[k] + Math.exp(eta[size + k]) * zk),
    weight,
  }));
};

/** Of η = (μ, ξ) with σ between bounds. */
export const bounds = { low: 0.1, high: 1.1 };
export const bounded = hermiteOf((xi) => 0.1 + 1 / (1 + Math.exp(xi)));

/** Of η = μ, with these standard deviations. */
export const sigmas = [0.4, 2];
export const located: Quadrature = (eta) =>
  hermiteNodes(eta.length).map(({ action: z, weight }) => ({
    ...{ action: z.map((zk, k) => eta[k] + sigmas[k] * zk), weight },
  }));

/** Λ of η = (h, Λ), by ml-matrix. */
function precisionOf(eta: Float64Array, size: number): Matrix {
  const entry = (i: number, j: number) =>
    eta[size + (Math.max(i, j) * (Math.max(i, j) + 1)) / 2 + Math.min(i, j)];
  return new Matrix(
    Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => entry(i, j))),
  );
}

/** Of η = (h, Λ). */
export const correlated =
  (size: number): Quadrature =>
  (eta) => {
    const covariance = inverse(precisionOf(eta, size));
    const symmetric = Matrix.add(covariance, covariance.transpose()).mul(0.5);
    const root = new CholeskyDecomposition(symmetric).lowerTriangularMatrix;
    const mean = symmetric.mmul(Matrix.columnVector(eta.subarray(0, size)));
    return hermiteNodes(size).map(({ action: z, weight }) => ({
      ...{ action: Matrix.add(mean, root.mmul(Matrix.columnVector(z))).to1DArray(), weight },
    }));
  };

/** Rows (h, BBᵀ + ½I) of standard normal h and B. */
export function naturalRows(size: number, count: number, seed: string): Rows {
  const [h, b] = [randomRows(count, size, seed), randomRows(count, size * size, `${seed} B`)];
  return rowsFrom(
    Array.from({ length: count }, (_, i) => {
      const root = Matrix.from1DArray(
        size,
        size,
        b.data.slice(i * size * size, (i + 1) * size * size),
      );
      const precision = Matrix.add(root.mmul(root.transpose()), Matrix.eye(size).mul(0.5));
      const triangle = precision.to2DArray().flatMap((row, k) => row.slice(0, k + 1));
      return [...h.data.slice(i * size, (i + 1) * size), ...triangle];
    }),
  );
}
