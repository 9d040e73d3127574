import {
  affineFisher,
  cholesky,
  conjugateGradient,
  diagonalFisher,
  direct,
  empiricalFisher,
  exactFisher,
  type FisherModel,
  identityFisher,
  kroneckerFisher,
  type LinearOperator,
  preconditioned,
  sampleSpaceFisher,
  type Solver,
  type SolveReport,
  subsampled,
  type Vector,
} from "../../../src/index.ts";
import type { ComparisonSettings } from "./settings.ts";
import type { Shape } from "./shape.ts";
import type { Snapshot } from "./snapshot.ts";

/** Builds the model at the snapshot and solves; returns the model too. */
export type Run = (
  snapshot: Snapshot,
  damping: number,
  w: Vector,
) => { readonly report: SolveReport; readonly operator: LinearOperator };

/** A model of F with a way to solve. */
export interface Method {
  readonly name: string;
  /** Why it cannot be used here, if it cannot. */
  readonly refusal?: string;
  /** About how many float64 numbers its buffers hold, the linearised policy aside. */
  readonly numbers: number;
  readonly run: Run;
}

/** The most parameters for which F is formed and factored. */
const FEW_PARAMETERS = 500;
/** The most rows and columns of a matrix in sample space. */
const FEW_SAMPLES = 1200;

/** Every method, the exact ones first. */
export function methodsFor(shape: Shape, solve: ComparisonSettings["solve"]): Method[] {
  const { parameters: p, steps: n, outputs: k } = shape;
  const { every } = solve;
  const iterate = conjugateGradient({ iterations: solve.iterations, tolerance: 1e-10 });
  const iterating = n * k + 4 * p;
  const factors = kroneckerNumbers(shape);
  return [
    choleskyMethod(shape),
    affineMethod(shape),
    {
      name: "exact, conjugate gradient",
      numbers: iterating,
      run: running(exactFisher(), iterate),
    },
    {
      name: "exact, CG preconditioned by K-FAC",
      numbers: iterating + factors,
      run: running(preconditioned(exactFisher(), kroneckerFisher()), iterate),
    },
    {
      name: `exact on every ${ordinal(every)} step, CG`,
      numbers: 4 * p + Math.ceil(n / every) * (shape.activations + 2 * k),
      run: running(subsampled(exactFisher(), { every }), iterate),
    },
    sampleSpaceMethod(shape),
    {
      name: "empirical, conjugate gradient",
      numbers: iterating + n * k,
      run: running(empiricalFisher(), iterate),
    },
    { name: "K-FAC", numbers: n * k + factors, run: running(kroneckerFisher(), direct()) },
    { name: "diagonal", numbers: n * k + p, run: running(diagonalFisher(), direct()) },
    { name: "identity", numbers: 0, run: running(identityFisher(), direct()) },
  ];
}

/**
 * Writes the exact solution to w: by Cholesky for few parameters, or else, and where F + λI is
 * singular, by conjugate gradient to rounding.
 */
export function solveExactly(
  snapshot: Snapshot,
  shape: Shape,
  damping: number,
  w: Vector,
): { readonly method: string } & SolveReport {
  const { run, refusal } = choleskyMethod(shape);
  if (refusal === undefined) {
    const { report } = run(snapshot, damping, w);
    if (report.status === "converged") return { method: "Cholesky", ...report };
  }
  const solver = conjugateGradient({ iterations: 2000, tolerance: 1e-12 });
  const { report } = running(exactFisher(), solver)(snapshot, damping, w);
  return { method: "conjugate gradient to 1e-12", ...report };
}

function choleskyMethod({ parameters: p, steps: n, outputs: k }: Shape): Method {
  const method = {
    name: "exact, Cholesky",
    numbers: n * k + 3 * p * p,
    run: running(exactFisher(), cholesky()),
  };
  if (p <= FEW_PARAMETERS) return method;
  return { ...method, refusal: `for at most ${FEW_PARAMETERS} parameters, got ${p}` };
}

/** What agents solve with where the policy is linear-Gaussian. */
function affineMethod(shape: Shape): Method {
  const { layers, steps, outputs: k } = shape;
  const method = {
    name: "exact, factored by layers",
    numbers: steps * k + kroneckerNumbers(shape),
    run: running(affineFisher(), direct()),
  };
  const affine = layers.reduce((sum, layer) => sum + layer.outputs, 0) === k;
  const constantSpread = layers.at(-1)?.inputs === 0;
  if (affine && constantSpread && shape.columns === k) return method;
  return { ...method, refusal: "for linear-Gaussian policies" };
}

function sampleSpaceMethod({ parameters, steps, columns, cotangents }: Shape): Method {
  const size = steps * columns;
  const most = Math.min(parameters, FEW_SAMPLES);
  const method = {
    name: "exact, in sample space",
    numbers: 3 * size * size + 2 * steps * steps + size * cotangents + parameters,
    run: running(sampleSpaceFisher(), direct()),
  };
  if (size <= most) return method;
  return { ...method, refusal: `for at most ${most} steps × columns of M's factor, got ${size}` };
}

/** B, A and both sets of eigenvectors with their transposes, and three vectors a block. */
function kroneckerNumbers({ layers, parameters }: Shape): number {
  const square = (x: number): number => x * x;
  const matrices = layers.map(({ inputs, outputs }) => 3 * (square(inputs + 1) + square(outputs)));
  return matrices.reduce((sum, size) => sum + size, 3 * parameters);
}

function ordinal(k: number): string {
  return `${k}${["th", "st", "nd", "rd"][k % 100 > 10 && k % 100 < 14 ? 0 : k % 10] ?? "th"}`;
}

function running<A extends LinearOperator>(model: FisherModel<A>, solver: Solver<A>): Run {
  return ({ policy, batch, surrogate, gradient }, damping, w) => {
    const { point, weights } = surrogate;
    const operator = model.at(point, policy.distribution, batch.actions, weights);
    return { operator, report: solver.solve(operator, damping, gradient, w) };
  };
}
