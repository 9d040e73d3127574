import { describe, expect, it } from "vitest";
import {
  cholesky,
  direct,
  type DirectionReport,
  type DirectionSource,
  dot,
  exactFisher,
  fixed,
  type GradientEstimator,
  identityFisher,
  naturalGradient,
  norm,
  solved,
} from "../../src/index.ts";
import { batchFor, learningParts, partsOf } from "../support/agent.ts";
import { bits, expectClose } from "../support/close.ts";

/** A source that answers w = g with the reports of a script, one a call. */
function scripted(...script: Partial<DirectionReport>[]): DirectionSource & { dampings: number[] } {
  const dampings: number[] = [];
  return {
    dampings,
    at: () => ({
      find: (g, damping, w) => {
        w.set(g);
        dampings.push(damping);
        const answer = script[Math.min(dampings.length, script.length) - 1];
        return { status: "converged", iterations: 0, residual: 0, ...answer };
      },
    }),
  };
}

describe("fisher and solver in a sentence", () => {
  it("are short for the direction solved(fisher, solver), bit for bit", () => {
    const long = { ...learningParts(), direction: solved(exactFisher(), cholesky()) };
    const short = partsOf();
    const batch = batchFor(short.policy);
    naturalGradient(long).update(batch);
    naturalGradient(short).update(batch);
    expect(bits(long.policy.theta)).toBe(bits(short.policy.theta));
  });

  it("must fit, and stand alone: type errors", () => {
    const parts = learningParts();
    // @ts-expect-error the exact Fisher matrix gives no InvertibleOperator
    naturalGradient({ ...parts, fisher: exactFisher(), solver: direct() });
    // @ts-expect-error the exact Fisher matrix gives no InvertibleOperator
    solved(exactFisher(), direct());
    // @ts-expect-error a direction leaves nothing to a Fisher model and a solver
    naturalGradient({ ...partsOf(), direction: solved(exactFisher(), cholesky()) });
    naturalGradient({ ...parts, fisher: identityFisher(), solver: direct() });
  });
});

describe("a source of directions", () => {
  it("may postpone: θ stays bit for bit, λ is not raised, and the report says why", () => {
    const direction = scripted({ refusal: "postponed: w turned by 20°" }, {});
    const parts = { ...learningParts(), direction, step: fixed(1e-3) };
    const before = bits(parts.policy.theta);
    const agent = naturalGradient(parts);
    const batch = batchFor(parts.policy);
    const report = agent.update(batch);
    expect(bits(parts.policy.theta)).toBe(before);
    expect(report).toMatchObject({
      ...{ outcome: "postponed: w turned by 20°", solves: 1, stepSize: 0, kl: 0, gain: 0 },
      solve: { status: "converged", iterations: 0, residual: 0 },
    });
    expect(report.solve).not.toHaveProperty("refusal");
    expect(report.slope).toBeGreaterThan(0);
    expect(report.direction).toEqual(report.gradient);
    expect(agent.update(batch).outcome).toBe("accepted");
    expect(bits(parts.policy.theta)).not.toBe(before);
  });

  it("of a compatible w is asked for no slope: g of the step and the report is F w", () => {
    const direction = scripted({ compatible: true });
    const parts = { ...learningParts(), direction, step: fixed(1e-3) };
    const plain = naturalGradient({
      ...learningParts(),
      direction: scripted({}),
      step: fixed(1e-3),
    });
    const batch = batchFor(parts.policy);
    const {
      gradient,
      direction: w,
      slope,
      curvature,
      ...report
    } = naturalGradient(parts).update(batch);
    const other = plain.update(batch);
    expect([...w]).toEqual([...other.direction]);
    expect([...gradient]).not.toEqual([...other.gradient]);
    expectClose([dot(w, gradient), curvature], [slope, slope], 1e-14);
    expect(curvature).toBe(other.curvature);
    expect(report.gradientNorm).toBe(norm(gradient));
    expect(report.solve).not.toHaveProperty("compatible");
  });

  it("may reject: it is asked again at a higher λ, and its reason stands in the end", () => {
    const direction = scripted({ refusal: "rejected: too few episodes" });
    const report = naturalGradient({ ...learningParts(), direction, retries: 2 }).update(
      batchFor(learningParts().policy),
    );
    expect(report).toMatchObject({ outcome: "rejected: too few episodes", solves: 3 });
    expectClose(direction.dampings, [0.01, 0.1, 1], 1e-12);
  });
});

describe("the gradient of a sentence", () => {
  const ones: GradientEstimator = { estimate: (_, __, g) => void g.fill(1) };

  it("is what the direction is solved from and the report shows", () => {
    const parts = { ...partsOf({ gradient: ones }), fisher: identityFisher(), damping: 1 };
    const { gradient, direction, slope } = naturalGradient(parts).update(batchFor(parts.policy));
    expect([...gradient]).toEqual(Array.from(gradient, () => 1));
    expectClose(
      direction,
      Array.from(gradient, () => 0.5),
      1e-12,
    );
    expectClose([slope], [gradient.length / 2], 1e-12);
  });

  it.each(["gradient", "direction"])("and the %s must discount as the advantages do", (part) => {
    const direction = solved(exactFisher(), cholesky());
    const other = { gradient: ones, direction, [part]: { ...direction, ...ones, discount: 0.5 } };
    expect(() => naturalGradient({ ...learningParts(), ...other })).toThrow(
      `naturalGradient: the ${part} must have the discount 0.9 of the advantages, got 0.5`,
    );
  });
});
