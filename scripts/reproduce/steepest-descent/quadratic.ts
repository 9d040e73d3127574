import {
  createPolicy,
  createRandom,
  createRows,
  linear,
  locationGaussian,
  oneStepBatch,
  rowsFrom,
} from "../../../src/index.ts";
import { learner, type Method, pathOf } from "../likelihood-path.ts";

/** The matrix of f(x) = xᵀAx, as the code of the post has it and as its text does. */
export interface Quadratic {
  readonly id: "code" | "text";
  /** The entry beside the diagonal of ones. */
  readonly offDiagonal: number;
  readonly formula: string;
}

export const quadratics: readonly Quadratic[] = [
  { id: "code", offDiagonal: -0.5, formula: "x₁² + x₂² − x₁x₂" },
  { id: "text", offDiagonal: 0.5, formula: "x₁² + x₂² + x₁x₂" },
];

/** Start, steps and their sizes, of the post's listing. */
export const listing = { start: [8, 3], steps: 10, vanilla: 0.5, mahalanobis: 0.3 } as const;

/** From where, and how many updates. */
export interface Run {
  readonly start: readonly [number, number];
  readonly updates: number;
}

export function matrixOf({ offDiagonal: c }: Quadratic): number[][] {
  return [
    [1, c],
    [c, 1],
  ];
}

/**
 * The points of x ← x − γ M⁻¹∇f with M = I (vanilla) or A (natural), γ in the post's units.
 *
 * With A = Σᵢ lᵢlᵢᵀ, f is the negative log-likelihood of two observations of 0 under N(lᵢᵀx, ½²), each
 * of weight ½, up to a constant; then F = 2A, and a step γ along A⁻¹∇f is one of 2γ along F⁻¹∇f.
 */
export function descend(
  { offDiagonal: c }: Quadratic,
  method: Method,
  gamma: number,
  { start, updates }: Run = { start: listing.start, updates: listing.steps },
): number[][] {
  const factors = rowsFrom([
    [1, c],
    [0, Math.sqrt(1 - c * c)],
  ]);
  const network = linear(2, 1, { bias: false });
  const policy = createPolicy(network, locationGaussian([0.5]), createRandom(0));
  policy.theta.set(start);
  const agent = learner(policy, method, method === "natural" ? 2 * gamma : gamma);
  return pathOf(agent, oneStepBatch(factors, createRows(2, 1)), { updates });
}

/** What the listing computes, in closed form: (x₁, x₂) ← −c (x₂, x₁) on the left, x ← (1 − 2 · 0.3) x on the right. */
export function closedForm({ offDiagonal: c }: Quadratic, method: Method, k: number): number[] {
  const [a, b] = listing.start;
  if (method === "natural") return [0.4 ** k * a, 0.4 ** k * b];
  const shrunk = (-c) ** k;
  return k % 2 === 0 ? [shrunk * a, shrunk * b] : [shrunk * b, shrunk * a];
}
