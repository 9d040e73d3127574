import type { Matrix } from "ml-matrix";
import * as z from "zod";
import type { Environment, Random, Vector } from "../src/index.ts";
import {
  factorCovariance,
  type LqrProblem,
  type MatrixRows,
  requireHorizon,
  requireLqrProblem,
  scalarProblem,
} from "./lqr-problem.ts";

export interface LqrOptions extends Partial<LqrProblem> {
  readonly name?: string;
  /** Steps before an episode is truncated. */
  readonly horizon?: number;
}

/** What the command line can tell `lqr`. */
export const lqrOptions = z.strictObject({
  horizon: z
    .number({ error: "must be a positive integer" })
    .int("must be a positive integer")
    .gte(1, "must be a positive integer")
    .default(50)
    .describe("steps before an episode is truncated"),
});

/** A linear-quadratic regulator that knows its matrices, so that its exact solution can be had. */
export interface LqrEnvironment extends Environment {
  readonly problem: LqrProblem;
}

/**
 * The linear-quadratic regulator: s′ = A s + B a + w, w ~ N(0, W); r = −sᵀQs − aᵀRa, s and a of the
 * same step; s₀ ~ N(m₀, S₀).
 *
 * - **Actions** a ∈ ℝᵐ, unbounded. **Observations** the state s ∈ ℝⁿ.
 * - **Start** N(m₀, S₀). **Termination** never. **Horizon** 50 steps.
 * - **Default** the scalar r = −s² − a² with s′ = s + a, s₀ ~ N(0, 1), W = 0. Where a dimension is
 *   given by A and B, the matrices left out are I (Q, R, S₀) and 0 (W, m₀).
 *
 * Source: the example of Peters & Schaal 2008, Neural Networks 21:682-697, section 4.
 *
 * @throws RangeError for matrices that do not fit.
 */
export function lqr({ name = "lqr", horizon = 50, ...given }: LqrOptions = {}): LqrEnvironment {
  requireHorizon(horizon);
  const problem = requireLqrProblem(complete(given));
  const [A, B, Q, R] = [problem.A, problem.B, problem.Q, problem.R].map(flat);
  const n = problem.A.length;
  const m = problem.B[0].length;
  const startFactor = flat(factorCovariance(problem.S0));
  const noiseFactor = flat(factorCovariance(problem.W));
  const noisy = noiseFactor.some((value) => value !== 0);
  const start = Float64Array.from(problem.m0);
  const next = new Float64Array(n);
  const white = new Float64Array(n);
  const unbounded = new Array<number>(m).fill(Infinity);

  return {
    name,
    problem,
    stateSize: n,
    observationSize: n,
    actionSpace: { kind: "box", low: unbounded.map((bound) => -bound), high: unbounded },
    horizon,
    reset: (s, random) => {
      s.set(start);
      addNoise(startFactor, random, white, s);
    },
    step: (s, a, random) => {
      const reward = -quadratic(Q, s) - quadratic(R, a);
      next.fill(0);
      addProduct(A, s, next);
      addProduct(B, a, next);
      if (noisy) addNoise(noiseFactor, random, white, next);
      s.set(next);
      return reward;
    },
    observe: (s, o) => o.set(s),
    isTerminal: () => false,
  };
}

/** Fills in what was left out, in the dimensions of A and B. */
function complete(given: Partial<LqrProblem>): LqrProblem {
  const A = given.A ?? scalarProblem.A;
  const B = given.B ?? (A.length === 1 ? scalarProblem.B : identity(A.length));
  const n = A.length;
  return {
    A,
    B,
    Q: given.Q ?? identity(n),
    R: given.R ?? identity(B.length > 0 ? B[0].length : 0),
    W: given.W ?? identity(n, 0),
    m0: given.m0 ?? new Array<number>(n).fill(0),
    S0: given.S0 ?? identity(n),
  };
}

function identity(size: number, value = 1): MatrixRows {
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => (i === j ? value : 0)),
  );
}

function flat(rows: MatrixRows | Matrix): Vector {
  return Float64Array.from(("to2DArray" in rows ? rows.to2DArray() : rows).flat());
}

/** y ← y + M x. */
function addProduct(m: Vector, x: Vector, y: Vector): void {
  const width = x.length;
  for (let i = 0; i < y.length; i++) {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += m[i * width + j] * x[j];
    y[i] += sum;
  }
}

/** xᵀMx. */
function quadratic(m: Vector, x: Vector): number {
  const width = x.length;
  let sum = 0;
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < width; j++) sum += x[i] * m[i * width + j] * x[j];
  }
  return sum;
}

/** y ← y + L z, z ~ N(0, I). */
function addNoise(factor: Vector, random: Random, z: Vector, y: Vector): void {
  for (let i = 0; i < z.length; i++) z[i] = random.normal();
  addProduct(factor, z, y);
}
