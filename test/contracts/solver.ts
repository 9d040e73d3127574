import { describe } from "vitest";
import {
  type InvertibleOperator,
  type SolverCase,
  type Solver,
  verifySolver,
} from "../../src/index.ts";
import { expectPassed } from "./checks.ts";

/** What every solver of (A + λI) x = b promises, and that it converges on every definite system. */
export function describeSolver(
  name: string,
  { make, ...made }: SolverCase & { readonly make: () => Solver<InvertibleOperator> },
): void {
  describe(`${name} as a solver`, () => {
    expectPassed(verifySolver(make, { ...made, convergesAlways: true }));
  });
}
