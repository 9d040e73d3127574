import {
  conjugateGradient,
  dot,
  type LinearOperator,
  norm,
  type SolveReport,
  type Solver,
  type Vector,
} from "../../src/index.ts";

interface Places {
  readonly storage?: (b: Vector) => { readonly r: Vector; readonly p: Vector };
  /** The status with which a curvature ends the solve. */
  readonly guard?: (curvature: number) => SolveReport["status"] | undefined;
  readonly clean?: (x: number) => number;
}

/** Conjugate gradient as printed, with the places at which copies of it went wrong. */
function cg({
  storage = (b) => ({ r: b.slice(), p: b.slice() }),
  guard = () => undefined,
  clean = (x) => x,
}: Places): Solver {
  return {
    solve: (a: LinearOperator, damping, b, x) => {
      x.fill(0);
      const scale = norm(b);
      if (scale === 0) return { status: "converged", iterations: 0, residual: 0 };
      const { r, p } = storage(b);
      const ap = new Float64Array(a.size);
      let rr = dot(r, r);
      let k = 0;
      for (; k < 60 && !(Math.sqrt(rr) <= 1e-12 * scale); k++) {
        a.apply(p, ap);
        ap.forEach((_, i) => (ap[i] += damping * p[i]));
        const curvature = clean(dot(p, ap));
        const status = guard(curvature);
        if (status !== undefined) return { status, iterations: k, residual: Math.sqrt(rr) / scale };
        const alpha = clean(rr / curvature);
        for (let i = 0; i < x.length; i++) x[i] += alpha * p[i];
        for (let i = 0; i < x.length; i++) r[i] -= alpha * ap[i];
        const next = clean(dot(r, r));
        for (let i = 0; i < x.length; i++) p[i] = r[i] + (next / rr) * p[i];
        rr = next;
      }
      const residual = Math.sqrt(rr) / scale;
      return { status: k < 60 ? "converged" : "iteration-limit", iterations: k, residual };
    },
  };
}

const positive = (curvature: number): SolveReport["status"] | undefined =>
  curvature > 0 && curvature < Infinity ? undefined : "not-positive-definite";

/** The same without a defect, so that each defect is the only one. */
export const soundCg = (): Solver => cg({ guard: positive });

/** p, r and b are one buffer, which `r −= α A p` writes to. */
export const aliasedCg = (): Solver => cg({ storage: (b) => ({ r: b, p: b }), guard: positive });

/** p and r are one buffer, b is copied. */
export const halfAliasedCg = (): Solver =>
  cg({
    storage: (b) => {
      const r = b.slice();
      return { r, p: r };
    },
    guard: positive,
  });

/** NaN becomes 0 wherever it appears. */
export const hidingCg = (): Solver => cg({ clean: (x) => (Number.isNaN(x) ? 0 : x) });

/** The curvature is made positive. */
export const absoluteCg = (): Solver => cg({ clean: Math.abs });

/** An assertion that every number is finite. */
export const dyingCg = (): Solver =>
  cg({
    guard: (curvature) => {
      if (!Number.isFinite(curvature)) throw new Error("assertion failed: xHx is finite");
      return positive(curvature);
    },
  });

/** Takes an x to start from, and fills it with zeros. */
export const deadWarmStart = (): Solver => {
  const solver = conjugateGradient();
  return { solve: (a, damping, b, x) => solver.solve(a, damping, b, x.fill(0)) };
};

/** Says that it converged, whatever happened. */
export const boastfulCg = (): Solver => {
  const solver = conjugateGradient({ iterations: 2 });
  return {
    solve: (...given) => ({ ...solver.solve(...given), status: "converged", residual: 0 }),
  };
};
