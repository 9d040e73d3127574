import type { InvertibleOperator, LinearOperator } from "../linear/operator.ts";
import { norm, type Vector } from "../math/vector.ts";
import type { SolveReport, Solver } from "../solver/solver.ts";
import {
  brokenSystems,
  definiteSystems,
  denseOperator,
  diagonalMatrix,
  indefiniteSystems,
  referee,
  singularSystems,
  type System,
} from "./systems.ts";
import { type Check, type Checklist, counted, createChecklist, entrywiseError } from "./verify.ts";

export interface SolverCase {
  /** The operator of a matrix, undefined where it is not taken; a dense one, also inverted, by default. */
  readonly lift?: (matrix: System["matrix"]) => LinearOperator | undefined;
  /** Whether an indefinite matrix is noticed; one that calls `applyInverse` need not. */
  readonly noticesIndefinite?: boolean;
  /** Whether it is to converge on ill-conditioned systems, too, and not say that iterations ran out. */
  readonly convergesAlways?: boolean;
  /** Whether a solve starts from the x passed in. */
  readonly warmStart?: boolean;
}

/** A solve, its answer from x = `start`, and b as it was left. */
interface Solved {
  readonly system: System;
  readonly report: SolveReport;
  readonly x: Vector;
  readonly b: Vector;
}

interface SolverSubject {
  readonly make: () => Solver<InvertibleOperator>;
  readonly lift: (matrix: System["matrix"]) => LinearOperator | undefined;
  readonly made: SolverCase;
}

/** Systems of at most six unknowns whose condition number is small: any solver solves them. */
const EASY = /^(the identity|one unknown|a dense matrix of 6|damping alone)$/;
const diagonal: System = {
  name: "diag(4, 2)",
  matrix: diagonalMatrix([4, 2]),
  b: [1, 3],
  damping: 0.5,
};
const ALIASED =
  "b, the residual and the direction need storage of their own: r ← a copy of b, p ← a copy of r, and never r −= … on b";

/**
 * Holds a solver of (A + λI) x = b against LU factorisation on named systems: definite, singular,
 * indefinite and broken ones, b and earlier solves left alone, and a failure told as a status.
 */
export function verifySolver(
  make: () => Solver<InvertibleOperator>,
  made: SolverCase = {},
): Check[] {
  const list = createChecklist();
  const subject: SolverSubject = {
    make,
    lift: made.lift ?? ((matrix) => invertible(matrix)),
    made,
  };
  verifyDefinite(list, subject);
  verifyReports(list, subject);
  verifyAfterwards(list, subject);
  return [...list.checks];
}

function solveWith(subject: SolverSubject, system: System, given: Partial<Given> = {}): Solved {
  const { solver = subject.make(), start = 0 } = given;
  const operator = subject.lift(system.matrix);
  if (operator === undefined) throw new Error("the solver does not take this system");
  const b = Float64Array.from(system.b);
  const x = given.x ?? new Float64Array(b.length).fill(start);
  const report = solver.solve(operator as InvertibleOperator, system.damping, b, x);
  return { system, report, x, b };
}

interface Given {
  readonly solver: Solver<InvertibleOperator>;
  readonly start: number;
  readonly x: Vector;
}

function taken<S extends System>({ lift }: SolverSubject, systems: readonly S[]): readonly S[] {
  return systems.filter(({ matrix }) => lift(matrix) !== undefined);
}

/** What is wrong with a solve of a system that has one solution. */
function problemWith({ system, report, x }: Solved, mustConverge: boolean): string | undefined {
  const { name } = system;
  const residual = residualOf(system, x);
  if (report.status === "converged") {
    const error = entrywiseError(x, Float64Array.from(referee(system)));
    if (report.residual < 1e-8 && residual < 1e-8 && error < 1e-6) return undefined;
    return `${name}: reports residual ${report.residual}, is ${residual}, off by ${error}`;
  }
  if (report.status === "iteration-limit" && !mustConverge) {
    // An ill-conditioned A loses digits of the recurrence; that it is far from truth is told.
    return residual <= 10 * report.residual + 1e-6
      ? undefined
      : `${name}: reports residual ${report.residual}, is ${residual}`;
  }
  return `${name}: ${report.status} after ${report.iterations} iterations, residual ${residual}`;
}

function verifyDefinite(list: Checklist, subject: SolverSubject): void {
  const { make, made } = subject;
  const systems = taken(subject, definiteSystems);
  list.hold("b is left as it was", ALIASED, () =>
    counted(
      systems
        .map((system) => solveWith(subject, system))
        .filter(({ system, b }) => system.b.some((value, i) => value !== b[i]))
        .map(({ system }) => `b of ${system.name} was overwritten`),
    ),
  );
  const parts = `compare with Cholesky on the system named; ${ALIASED}`;
  list.hold("it agrees with a factorisation, or says that iterations ran out", parts, () =>
    counted(
      systems.flatMap((system) => {
        const mustConverge = made.convergesAlways === true || EASY.test(system.name);
        return problemWith(solveWith(subject, system), mustConverge) ?? [];
      }),
    ),
  );
  list.hold(
    "it answers zero for a zero right-hand side, whatever was in x",
    "fill x with 0",
    () => {
      const { report, x } = solveWith(subject, { ...diagonal, b: [0, 0] }, { start: 7 });
      const right = report.status === "converged" && report.residual === 0;
      return counted(
        right && x.every((y) => y === 0) ? [] : [`${report.status}, x = ${x.join(", ")}`],
      );
    },
  );
  if (made.warmStart !== true) return;
  const dead =
    "start from the last solution, r ← b − (A + λI)x: one that is forgotten is no warm start";
  list.hold("a warm start from the solution takes no iterations", dead, () => {
    const solver = make();
    solveWith(subject, diagonal, { solver });
    const { report } = solveWith(subject, diagonal, { solver });
    return { measured: report.iterations, tolerance: 0, seen: `it takes ${report.iterations}` };
  });
}

const SAFE = new Set<SolveReport["status"]>(["not-positive-definite", "iteration-limit"]);

function verifyReports(list: Checklist, subject: SolverSubject): void {
  const failures = (systems: readonly System[], why: (solved: Solved) => string | undefined) =>
    counted(
      taken(subject, systems).flatMap((system) => {
        const reason = why(solveWith(subject, system));
        return reason === undefined ? [] : [`${system.name}: ${reason}`];
      }),
    );
  const truth = "converged means that ‖b − (A + λI)x‖ is small: measure it, or report a failure";
  list.hold("it tells the truth about singular systems", truth, () => {
    const consistent = new Set(singularSystems.filter((s) => s.consistent).map(({ name }) => name));
    return failures(singularSystems, ({ system, report, x }) => {
      if (report.status !== "converged") return SAFE.has(report.status) ? undefined : report.status;
      const right = consistent.has(system.name) && residualOf(system, x) < 1e-6;
      return right ? undefined : `converged, residual ${residualOf(system, x)}`;
    });
  });
  if (subject.made.noticesIndefinite ?? !inverts(subject)) {
    const signs =
      "test pᵀAp > 0, and give up with not-positive-definite; no abs, no square root of it";
    list.hold("an indefinite matrix is reported as one", signs, () =>
      failures(indefiniteSystems, ({ report, x }) => {
        if (!x.every(Number.isFinite)) return `x = ${x.join(", ")}`;
        return report.status === "not-positive-definite" ? undefined : report.status;
      }),
    );
  }
  const hidden =
    "report not-positive-definite where pᵀAp > 0 fails, NaN included: neither replace NaN by a number nor throw";
  list.hold("NaN and ∞ are reported as a status, neither hidden nor thrown", hidden, () =>
    failures([...brokenSystems, { ...diagonal, name: "NaN in b", b: [NaN, 1] }], ({ report }) =>
      report.status === "not-positive-definite" ? undefined : report.status,
    ),
  );
}

function verifyAfterwards(list: Checklist, subject: SolverSubject): void {
  const { make } = subject;
  const kept = "keep nothing between solves but buffers that are overwritten";
  list.hold("it solves as well after a failure as before", kept, () => {
    const solver = make();
    const fresh = solveWith(subject, diagonal);
    solveWith(subject, { ...diagonal, matrix: diagonalMatrix([NaN, 1]) }, { solver });
    const again = solveWith(subject, diagonal, { solver });
    const same = fresh.x.every((value, i) => Object.is(value, again.x[i]));
    const { status, iterations, residual } = fresh.report;
    const reported =
      again.report.status === status &&
      again.report.iterations === iterations &&
      again.report.residual === residual;
    return counted(same && reported ? [] : ["another answer"]);
  });
  list.hold("it solves systems of another size", "make buffers anew when the size changes", () => {
    const solver = make();
    const problems = [3, 1, 4].map((size) => {
      const entries = Array.from({ length: size }, (_, i) => i + 1);
      const system = {
        ...diagonal,
        name: `${size} unknowns`,
        matrix: diagonalMatrix(entries),
        b: entries,
      };
      return problemWith(solveWith(subject, system, { solver }), true);
    });
    return counted(problems.filter((problem) => problem !== undefined));
  });
}

/** ‖b − (A + λI)x‖ / ‖b‖, computed apart from any solver. */
function residualOf({ matrix, damping, b }: System, x: Vector): number {
  const r = matrix.map(
    (row, i) => b[i] - damping * x[i] - row.reduce((sum, a, j) => sum + a * x[j], 0),
  );
  return norm(Float64Array.from(r)) / norm(Float64Array.from(b));
}

/** A dense matrix that also inverts itself, by LU; NaN where that fails. */
function invertible(matrix: System["matrix"], called?: () => void): InvertibleOperator {
  return {
    ...denseOperator(matrix),
    applyInverse: (b, damping, out) => {
      called?.();
      try {
        out.set(referee({ name: "", matrix, b: [...b], damping }));
      } catch {
        out.fill(NaN);
      }
    },
  };
}

/** Whether the solver calls `applyInverse`. */
function inverts(subject: SolverSubject): boolean {
  let calls = 0;
  const lift: SolverSubject["lift"] = (matrix) =>
    subject.made.lift?.(matrix) ?? invertible(matrix, () => calls++);
  try {
    solveWith({ ...subject, lift }, diagonal);
  } catch {
    return false;
  }
  return calls > 0;
}
