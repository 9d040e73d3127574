import { describe, expect, it } from "vitest";
import {
  diagonalFisher,
  diagonalOperator,
  direct,
  exactFisher,
  type FisherModel,
  identityOperator,
  type InvertibleOperator,
  type LinearOperator,
  type Solver,
} from "../../src/index.ts";
import { denseOperator } from "../../src/verify/systems.ts";

const one = Float64Array.of(1);

describe("direct", () => {
  it("divides by 1 + λ for the identity and by d + λ for a diagonal", () => {
    const x = new Float64Array(2);
    direct().solve(identityOperator(2), 1, Float64Array.of(4, -6), x);
    expect([...x]).toEqual([2, -3]);
    direct().solve(diagonalOperator(Float64Array.of(1, 3)), 1, Float64Array.of(4, -6), x);
    expect([...x]).toEqual([2, -1.5]);
  });

  it("is no solver for an operator that cannot invert itself: a type error, and a failure if forced", () => {
    // @ts-expect-error direct() solves InvertibleOperators, so it is no Solver<LinearOperator>
    const forced: Solver = direct();
    expect(() => forced.solve(denseOperator([[2]]), 0, one, new Float64Array(1))).toThrow(
      TypeError,
    );
  });

  it("does not meet the exact Fisher matrix in a sentence, but does meet the diagonal one", () => {
    const sentence = <A extends LinearOperator>(
      fisher: FisherModel<A>,
      solver: Solver<A>,
    ): unknown[] => [fisher, solver];
    // @ts-expect-error the exact Fisher matrix gives no InvertibleOperator
    sentence(exactFisher(), direct());
    // @ts-expect-error the exact Fisher matrix gives no InvertibleOperator
    const model: FisherModel<InvertibleOperator> = exactFisher();
    expect(sentence(diagonalFisher(), direct())).toHaveLength(2);
    expect(model).toBeDefined();
  });
});
