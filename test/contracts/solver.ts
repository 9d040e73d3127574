import { describe, expect, it } from "vitest";
import type { LinearOperator, SolveReport, Solver } from "../../src/index.ts";
import { relativeError } from "../support/close.ts";
import {
  brokenSystems,
  definiteSystems,
  diagonalMatrix,
  indefiniteSystems,
  referee,
  singularSystems,
  type System,
} from "../support/systems.ts";

/** How a solver meets the systems. */
export interface SolverCase<A extends LinearOperator> {
  readonly make: () => Solver<A>;
  /** The operator of a matrix; undefined where the solver does not take it. */
  readonly lift: (matrix: System["matrix"]) => A | undefined;
  /** Whether an indefinite matrix is noticed; a solver that inverts it exactly need not. */
  readonly noticesIndefinite: boolean;
}

/** A solve and its answer, x starting from `start`. */
interface Solved {
  readonly report: SolveReport;
  readonly x: Float64Array;
  readonly b: Float64Array;
}

const SAFE = new Set<SolveReport["status"]>(["not-positive-definite", "iteration-limit"]);

/** What every solver of (A + λI) x = b promises. */
export function describeSolver<A extends LinearOperator>(
  name: string,
  { make, lift, noticesIndefinite }: SolverCase<A>,
): void {
  const taken = <S extends System>(systems: readonly S[]): S[] =>
    systems.filter(({ matrix }) => lift(matrix) !== undefined);
  const solveWith = (solver: Solver<A>, { matrix, damping, b }: System, start = 0): Solved => {
    const operator = lift(matrix);
    if (operator === undefined) throw new Error("the solver does not take this system");
    const right = Float64Array.from(b);
    const x = new Float64Array(b.length).fill(start);
    const report = solver.solve(operator, damping, right, x);
    return { report, x, b: right };
  };
  const expectSolved = ({ report, x, b }: Solved, system: System): void => {
    expect(report.status).toBe("converged");
    expect(report.residual).toBeLessThan(1e-8);
    expect(residualOf(system, x)).toBeLessThan(1e-8);
    expect(relativeError(x, referee(system))).toBeLessThan(1e-6);
    expect([...b]).toEqual([...system.b]);
  };
  const diagonal: System = { name: "", matrix: diagonalMatrix([4, 2]), b: [1, 3], damping: 0.5 };

  describe(`${name} as a solver`, () => {
    it.each(taken(definiteSystems))("solves $name and leaves b alone", (system) => {
      expectSolved(solveWith(make(), system), system);
    });

    it("answers zero for a zero right-hand side, whatever was in x", () => {
      const { report, x } = solveWith(make(), { ...diagonal, b: [0, 0] }, 7);
      expect(report).toMatchObject({ status: "converged", residual: 0 });
      expect([...x]).toEqual([0, 0]);
    });

    it.each(taken(singularSystems))("tells the truth about $name", (system) => {
      const { report, x } = solveWith(make(), system);
      if (report.status === "converged") {
        expect(system.consistent).toBe(true);
        expect(residualOf(system, x)).toBeLessThan(1e-6);
      } else {
        expect(SAFE).toContain(report.status);
      }
    });

    it.runIf(noticesIndefinite).each(taken(indefiniteSystems))(
      "reports that $name is not positive definite",
      (system) => {
        const { report, x } = solveWith(make(), system);
        expect(report.status).toBe("not-positive-definite");
        expect(x.every(Number.isFinite)).toBe(true);
      },
    );

    it.each(taken(brokenSystems))("reports %j as a status, never an exception", (system) => {
      expect(solveWith(make(), system).report.status).toBe("not-positive-definite");
    });

    it("reports a NaN in b as a status", () => {
      const { report } = solveWith(make(), { ...diagonal, b: [NaN, 1] });
      expect(report.status).toBe("not-positive-definite");
    });

    it("solves as well after a failure as before", () => {
      const solver = make();
      const fresh = solveWith(make(), diagonal);
      const broken = { ...diagonal, matrix: diagonalMatrix([NaN, 1]) };
      expect(solveWith(solver, broken).report.status).toBe("not-positive-definite");
      const again = solveWith(solver, diagonal);
      expect(again).toEqual(fresh);
    });

    it("solves systems of another size with the same solver", () => {
      const solver = make();
      for (const size of [3, 1, 4]) {
        const entries = Array.from({ length: size }, (_, i) => i + 1);
        const system = { ...diagonal, matrix: diagonalMatrix(entries), b: entries };
        expectSolved(solveWith(solver, system), system);
      }
    });
  });
}

/** ‖b − (A + λI)x‖ / ‖b‖, computed apart from any solver. */
function residualOf({ matrix, damping, b }: System, x: Float64Array): number {
  const r = matrix.map(
    (row, i) => b[i] - damping * x[i] - row.reduce((sum, a, j) => sum + a * x[j], 0),
  );
  return Math.hypot(...r) / Math.hypot(...b);
}
