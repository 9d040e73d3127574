import type { Handle, ResidentOperator, ResidentSpace } from "../linear/resident.ts";
import { norm, type Vector } from "../math/vector.ts";
import type { SolveReport, Solver } from "./solver.ts";
import { createLastSolution } from "./warm-start.ts";

export interface KernelConjugateGradientOptions {
  /** The most iterations, a positive integer; each needs one more vector of storage. */
  readonly iterations?: number;
  /** Stops at ‖r‖ ≤ tolerance · ‖b‖; float32 has no digits left below about 1e-7. */
  readonly tolerance?: number;
  /** Whether to start along the last solution instead of from zero, for one more product. */
  readonly warmStart?: boolean;
}

/** Solution, A x, residual, direction, A p, (A + λI)p, and the residuals so far, normalised. */
interface Workspace {
  readonly x: Handle;
  readonly ax: Handle;
  readonly r: Handle;
  readonly p: Handle;
  readonly ap: Handle;
  readonly damped: Handle;
  readonly basis: readonly Handle[];
}

/**
 * Conjugate gradient whose vectors stay in the memory of the operator, in single precision with the
 * inner products in float64.
 *
 * Differs from `conjugateGradient`: each residual is made orthogonal to all before it,
 * r ← r − Σⱼ (qⱼᵀr) qⱼ, which they are in exact arithmetic. Without that, ten float32 iterations on a
 * policy drift from float64 by some 10 %; with it they agree to 1e-4. It solves for b/‖b‖, so the
 * range of float32 does not matter. A x is summed beside x, so that xᵀAx costs no product of its own.
 * The storage is made when an operator's space is first met. It takes no preconditioner: the residuals
 * would be orthogonal in P⁻¹ instead, which needs a second vector of storage for each iteration, and
 * models that precondition work in float64; `conjugateGradient` takes one over the same F v.
 *
 * @throws RangeError for an iteration count that is not a positive integer or a negative tolerance.
 */
export function kernelConjugateGradient({
  iterations = 10,
  tolerance = 1e-7,
  warmStart = false,
}: KernelConjugateGradientOptions = {}): Solver<ResidentOperator> {
  if (!Number.isInteger(iterations) || iterations < 1) {
    throw new RangeError(
      `kernelConjugateGradient: iterations must be a positive integer, got ${iterations}`,
    );
  }
  if (!(tolerance >= 0)) {
    throw new RangeError(`kernelConjugateGradient: tolerance must be at least 0, got ${tolerance}`);
  }
  const workspaces = new WeakMap<ResidentSpace, Workspace>();
  const last = warmStart ? createLastSolution() : undefined;
  return {
    ...(last && { state: last }),
    solve: (a, damping, b, x) => {
      const { space } = a;
      const workspace = workspaces.get(space) ?? createWorkspace(space, iterations);
      workspaces.set(space, workspace);
      const scale = norm(b);
      if (scale === 0) {
        x.fill(0);
        return { status: "converged", iterations: 0, residual: 0 };
      }
      space.load(b, 1 / scale, workspace.r);
      begin(a, damping, workspace, last?.of(a.size));
      const report = iterate(a, damping, workspace, tolerance);
      space.store(workspace.x, scale, x);
      last?.keep(x, report.status);
      return { ...report, curvature: report.curvature * scale * scale };
    },
  };
}

function createWorkspace(space: ResidentSpace, iterations: number): Workspace {
  const vector = (): Handle => space.allocate();
  const basis = Array.from({ length: iterations }, vector);
  const [x, ax, r, p, ap, damped] = Array.from({ length: 6 }, vector);
  return { x, ax, r, p, ap, damped, basis };
}

/** x ← s x₀ as in `conjugateGradient`, or 0, with A x beside it; r ← r − (A + λI)x. */
function begin(
  a: ResidentOperator,
  damping: number,
  { x, ax, r, ap, damped }: Workspace,
  start: Vector | undefined,
): void {
  const { space } = a;
  const length = start === undefined ? 0 : norm(start);
  let s = 0;
  if (start !== undefined && length > 0) {
    space.load(start, 1 / length, x);
    a.applyResident(x, ap);
    space.sumScaled(ap, damping, x, damped);
    const curvature = space.dot(x, damped);
    if (curvature > 0 && curvature < Infinity) s = space.dot(r, x) / curvature;
  }
  if (s === 0) {
    space.scaled(0, r, x);
    space.scaled(0, r, ax);
  } else {
    space.scaled(s, x, x);
    space.scaled(s, ap, ax);
    space.sumScaled(r, -s, damped, r);
  }
}

/** x ← x + (A + λI)⁻¹ r, nearly. */
function iterate(
  a: ResidentOperator,
  damping: number,
  { x, ax, r, p, ap, damped, basis }: Workspace,
  tolerance: number,
): SolveReport & { readonly curvature: number } {
  const { space } = a;
  const report = (status: SolveReport["status"], iterations: number, residual: number) => ({
    ...{ status, iterations, residual },
    curvature: space.dot(x, ax),
  });
  space.scaled(1, r, p);
  let rr = space.dot(r, r);
  for (let k = 0; ; k++) {
    const residual = Math.sqrt(rr);
    if (residual <= tolerance) return report("converged", k, residual);
    if (k === basis.length) return report("iteration-limit", k, residual);
    space.scaled(1 / residual, r, basis[k]);
    a.applyResident(p, ap);
    space.sumScaled(ap, damping, p, damped);
    const curvature = space.dot(p, damped);
    if (!(curvature > 0) || curvature === Infinity) {
      return report("not-positive-definite", k, residual);
    }
    const alpha = rr / curvature;
    space.sumScaled(x, alpha, p, x);
    space.sumScaled(ax, alpha, ap, ax);
    space.sumScaled(r, -alpha, damped, r);
    space.orthogonalise(r, basis, k + 1);
    const rrNext = space.dot(r, r);
    space.sumScaled(r, rrNext / rr, p, p);
    rr = rrNext;
  }
}
