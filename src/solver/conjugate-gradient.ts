import type { LinearOperator } from "../linear/operator.ts";
import { addScaled, dot, norm, type Vector } from "../math/vector.ts";
import type { SolveReport, Solver } from "./solver.ts";
import { createLastSolution } from "./warm-start.ts";

export interface ConjugateGradientOptions {
  /** The most iterations, a positive integer. */
  readonly iterations?: number;
  /** Stops at ‖r‖ ≤ tolerance · ‖b‖. */
  readonly tolerance?: number;
  /** Stops also at ‖r‖ ≤ absoluteTolerance, which depends on the scale of b; 0 for never. */
  readonly absoluteTolerance?: number;
  /** Whether to start along the last solution instead of from zero, for one more product. */
  readonly warmStart?: boolean;
}

/** The vectors of a solve: residual, preconditioned residual, direction and (A + λI)p. */
interface Workspace {
  readonly r: Vector;
  readonly z: Vector;
  readonly p: Vector;
  readonly ap: Vector;
}

/**
 * Conjugate gradient for a symmetric positive definite A + λI, preconditioned where A carries a
 * preconditioner.
 *
 * α ← rᵀz / pᵀAp, x ← x + αp, r ← r − αAp, z ← P⁻¹r, β ← rᵀz / (rᵀz)_old, p ← z + βp.
 * Source: Hestenes & Stiefel 1952. Differs from it: stops on the relative residual, and returns the
 * last x with the status `not-positive-definite` when pᵀAp > 0 fails (NaN included). The residual
 * reported is the recurrence's. Four vectors of storage, made when the size first appears.
 *
 * A warm start is s x of the last x, s = bᵀx / xᵀ(A + λI)x, where ½xᵀ(A + λI)x − bᵀx is least along x:
 * so bᵀx > 0 whatever b came before, and the length of either b does not matter. After Martens 2010,
 * ICML, section 4.5, without s.
 *
 * @throws RangeError for an iteration count that is not a positive integer or a negative tolerance.
 */
export function conjugateGradient({
  iterations = 10,
  tolerance = 1e-10,
  absoluteTolerance = 0,
  warmStart = false,
}: ConjugateGradientOptions = {}): Solver {
  if (!Number.isInteger(iterations) || iterations < 1) {
    throw new RangeError(
      `conjugateGradient: iterations must be a positive integer, got ${iterations}`,
    );
  }
  for (const [name, value] of Object.entries({ tolerance, absoluteTolerance })) {
    if (value >= 0) continue;
    throw new RangeError(`conjugateGradient: ${name} must be at least 0, got ${value}`);
  }
  let workspace = createWorkspace(0);
  const last = warmStart ? createLastSolution() : undefined;
  return {
    ...(last && { state: last }),
    solve: (a, damping, b, x) => {
      if (workspace.r.length !== a.size) workspace = createWorkspace(a.size);
      const report = iterate(shifted(a, damping), b, x, {
        workspace,
        start: last?.of(a.size),
        iterations,
        tolerance: Math.max(tolerance, absoluteTolerance / norm(b)),
      });
      last?.keep(x, report.status);
      return report;
    },
  };
}

function createWorkspace(size: number): Workspace {
  const vector = (): Vector => new Float64Array(size);
  return { r: vector(), z: vector(), p: vector(), ap: vector() };
}

/** A + λI as two procedures. */
interface Shifted {
  apply(v: Vector, out: Vector): void;
  /** out ← P⁻¹ b, or b without a preconditioner. */
  precondition(b: Vector, out: Vector): void;
}

function shifted(a: LinearOperator, damping: number): Shifted {
  const { preconditioner } = a;
  return {
    apply: (v, out) => {
      a.apply(v, out);
      addScaled(damping, v, out);
    },
    precondition: (b, out) => {
      if (preconditioner) preconditioner.applyInverse(b, damping, out);
      else out.set(b);
    },
  };
}

/** x ← s x₀, or 0 without a start or where the curvature along it is not positive; r ← b − (A + λI)x. */
function begin(a: Shifted, b: Vector, x: Vector, { start, workspace }: Settings): void {
  const { r, ap } = workspace;
  x.fill(0);
  r.set(b);
  if (start === undefined) return;
  a.apply(start, ap);
  const s = dot(b, start) / dot(start, ap);
  if (!(dot(start, ap) > 0 && Number.isFinite(s))) return;
  addScaled(s, start, x);
  addScaled(-s, ap, r);
}

interface Settings {
  readonly workspace: Workspace;
  readonly start: Vector | undefined;
  readonly iterations: number;
  readonly tolerance: number;
}

function iterate(a: Shifted, b: Vector, x: Vector, settings: Settings): SolveReport {
  const { r, z, p, ap } = settings.workspace;
  const scale = norm(b);
  if (scale === 0) {
    x.fill(0);
    return { status: "converged", iterations: 0, residual: 0 };
  }
  begin(a, b, x, settings);
  a.precondition(r, z);
  p.set(z);
  let rz = dot(r, z);
  let residual = norm(r) / scale;
  for (let k = 0; ; k++) {
    if (residual <= settings.tolerance) return { status: "converged", iterations: k, residual };
    if (k === settings.iterations) return { status: "iteration-limit", iterations: k, residual };
    a.apply(p, ap);
    const curvature = dot(p, ap);
    if (!(curvature > 0) || curvature === Infinity) {
      return { status: "not-positive-definite", iterations: k, residual };
    }
    const alpha = rz / curvature;
    addScaled(alpha, p, x);
    addScaled(-alpha, ap, r);
    residual = norm(r) / scale;
    a.precondition(r, z);
    const rzNext = dot(r, z);
    const beta = rzNext / rz;
    rz = rzNext;
    for (let i = 0; i < p.length; i++) p[i] = z[i] + beta * p[i];
  }
}
