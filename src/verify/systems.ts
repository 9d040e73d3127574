import { Matrix, solve } from "ml-matrix";
import type { LinearOperator } from "../linear/operator.ts";
import { createRandom } from "../math/random.ts";

/** (A + λI) x = b. */
export interface System {
  readonly name: string;
  readonly matrix: readonly (readonly number[])[];
  readonly b: readonly number[];
  readonly damping: number;
}

/** v ↦ A v for a dense A; writes to `out` alone. */
export function denseOperator(matrix: System["matrix"]): LinearOperator {
  return {
    size: matrix.length,
    apply: (v, out) => {
      for (let i = 0; i < matrix.length; i++) {
        let sum = 0;
        for (let j = 0; j < v.length; j++) sum += matrix[i][j] * v[j];
        out[i] = sum;
      }
    },
  };
}

/** The solution by LU with pivoting, which shares nothing with the solvers under test. */
export function referee({ matrix, b, damping }: System): number[] {
  const shifted = new Matrix(matrix.map((row) => [...row])).add(
    Matrix.eye(matrix.length).mul(damping),
  );
  return solve(shifted, Matrix.columnVector([...b])).to1DArray();
}

export function diagonalMatrix(entries: readonly number[]): number[][] {
  return entries.map((value, i) => entries.map((_, j) => (i === j ? value : 0)));
}

/** 1 / (i + j + 1), positive definite with a condition number that grows as e^{3.5 n}. */
export function hilbert(size: number): number[][] {
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => 1 / (i + j + 1)),
  );
}

/** GGᵀ + εI from a seeded normal G of `size` × `rank`. */
export function gram(size: number, rank: number, shift: number, seed: string): number[][] {
  const random = createRandom(seed);
  const g = Array.from({ length: size }, () => Array.from({ length: rank }, () => random.normal()));
  return g.map((row, i) =>
    g.map((other, j) => row.reduce((sum, x, k) => sum + x * other[k], i === j ? shift : 0)),
  );
}

const ones = (size: number): number[] => new Array<number>(size).fill(1);
const steps = (size: number): number[] => Array.from({ length: size }, (_, i) => (i % 3) - 0.5);

/** Systems that have one solution, A + λI positive definite. */
export const definiteSystems: readonly System[] = [
  { name: "the identity", matrix: diagonalMatrix(ones(4)), b: steps(4), damping: 0 },
  { name: "one unknown", matrix: [[4]], b: [-2], damping: 1 },
  {
    name: "an ill-conditioned diagonal (10⁸)",
    matrix: diagonalMatrix([1, 1e2, 1e4, 1e6, 1e8]),
    b: [1, 1e2, 1e4, 1e6, 1e8],
    damping: 0,
  },
  { name: "a Hilbert matrix of 5", matrix: hilbert(5), b: steps(5), damping: 0 },
  { name: "a damped Hilbert matrix of 8", matrix: hilbert(8), b: steps(8), damping: 1e-3 },
  { name: "a dense matrix of 6", matrix: gram(6, 6, 0.5, "dense"), b: steps(6), damping: 0 },
  { name: "damping alone", matrix: diagonalMatrix([0, 0, 0]), b: [1, 2, 3], damping: 0.5 },
  {
    name: "an indefinite matrix made definite by damping",
    matrix: diagonalMatrix([2, -1, 0.5]),
    b: [1, 1, 1],
    damping: 3,
  },
  {
    name: "a negative damping that leaves the matrix definite",
    matrix: diagonalMatrix([2, 1, 4]),
    b: [1, 1, 1],
    damping: -0.5,
  },
  {
    name: "a right-hand side of 10⁻¹²⁰",
    matrix: diagonalMatrix([3, 2]),
    b: [1e-120, -1e-120],
    damping: 0,
  },
];

/** Systems without a solution, or with many. */
export const singularSystems: readonly (System & { readonly consistent: boolean })[] = [
  {
    name: "a singular, consistent diagonal",
    matrix: diagonalMatrix([2, 0, 3]),
    b: [2, 0, 3],
    damping: 0,
    consistent: true,
  },
  {
    name: "a singular, inconsistent diagonal",
    matrix: diagonalMatrix([1, 0]),
    b: [1, 1],
    damping: 0,
    consistent: false,
  },
  ...["a", "b", "c", "d", "e", "f", "g", "h"].map((seed) => ({
    name: `a dense matrix of rank 3 in 5 unknowns (${seed}), inconsistent`,
    matrix: gram(5, 3, 0, seed),
    b: [1, 1, 0, 0, 1],
    damping: 0,
    consistent: false,
  })),
];

/** Systems that are not positive definite, seen from b. */
export const indefiniteSystems: readonly System[] = [
  { name: "diag(2, −1)", matrix: diagonalMatrix([2, -1]), b: [1, 1], damping: 0 },
  { name: "diag(1, −1), pᵀAp = 0", matrix: diagonalMatrix([1, -1]), b: [1, 1], damping: 0 },
  { name: "diag(−1)", matrix: [[-1]], b: [1], damping: 0 },
  {
    name: "a damping below the smallest eigenvalue",
    matrix: diagonalMatrix([2, 1]),
    b: [1, 1],
    damping: -1.5,
  },
];

/** Systems that hold a number that is not finite. */
export const brokenSystems: readonly System[] = [
  { name: "NaN on the diagonal", matrix: diagonalMatrix([NaN, 1]), b: [1, 1], damping: 0 },
  { name: "NaN everywhere", matrix: [[NaN]], b: [1], damping: 0 },
  {
    name: "Infinity on the diagonal",
    matrix: diagonalMatrix([Infinity, 1]),
    b: [1, 1],
    damping: 0,
  },
  { name: "a NaN damping", matrix: diagonalMatrix([1, 1]), b: [1, 1], damping: NaN },
];
