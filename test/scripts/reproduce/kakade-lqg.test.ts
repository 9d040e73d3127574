import { describe, expect, it } from "vitest";
import { finiteHorizonValues, type LqrProblem } from "../../../envs/index.ts";
import { checksOf, speedUp, timeOf } from "../../../scripts/reproduce/kakade-lqg/checks.ts";
import { allFlows } from "../../../scripts/reproduce/kakade-lqg/flows.ts";
import { type Scaling, valuesAt } from "../../../scripts/reproduce/kakade-lqg/moments.ts";
import { createRandom } from "../../../src/index.ts";
import { expectClose } from "../../support/close.ts";
import { gradientOf } from "../../support/finite-differences.ts";

/** The same problem as a linear-quadratic one, whose 21st state x₂₀ costs and whose first, x₀ = 0, does not. */
const problem: LqrProblem = {
  A: [[0.7]],
  B: [[1]],
  Q: [[1]],
  R: [[0]],
  W: [[1]],
  m0: [0],
  S0: [[0]],
};
const theta = [-0.5, -0.9];
const scaling: Scaling = [2, 0.5];
const values = valuesAt(theta, scaling);
const variance = -1 / (2 * theta[0] * scaling[0]);
const gain = theta[1] * scaling[1] * variance;

describe("the moments of Kakade's linear-quadratic problem", () => {
  it("have the cost that the exact solution of the regulator has", () => {
    const policy = { K: [[gain]], sigma: [Math.sqrt(variance)] };
    expectClose([values.cost], [-finiteHorizonValues(problem, policy, 1, 21).return], 1e-12);
  });

  it("have the gradient that finite differences of the cost have", () => {
    const differences = gradientOf((x) => -valuesAt([...x], scaling).cost, theta);
    expectClose(values.gradient, differences, 1e-8);
  });

  it("have the Fisher matrix of sampled scores, within 2 %", () => {
    const random = createRandom("scores");
    const count = 20_000;
    const fisher = [0, 0, 0];
    for (let n = 0; n < count; n++) {
      let x = 0;
      for (let t = 1; t <= 20; t++) {
        const action = gain * x + Math.sqrt(variance) * random.normal();
        x = 0.7 * x + action + random.normal();
        const u = gain * x + Math.sqrt(variance) * random.normal();
        const first = scaling[0] * (u * u - variance - gain * gain * x * x);
        const second = scaling[1] * (x * u - gain * x * x);
        [first * first, first * second, second * second].forEach(
          (product, k) => (fisher[k] += product / (20 * count)),
        );
      }
    }
    const { fisher: F } = values;
    expect(F[1][0]).toBe(F[0][1]);
    expectClose(fisher, [F[0][0], F[0][1], F[1][1]], 0.02);
  });

  it("refuse a policy without a density", () => {
    expect(() => valuesAt([0.1, 0], [1, 1])).toThrow(/θ₁s₁ must be negative, got 0\.1/);
  });
});

describe("the flows under three scalings", () => {
  const flows = allFlows();

  it.each(checksOf(flows))("give $quantity as derived, $derived", (check) => {
    expect(Math.abs(check.ours - check.derived)).toBeLessThanOrEqual(check.tolerance);
  });

  it("are one flow without damping: the natural gradient is covariant", () => {
    const times = [0, 1, 2].map((i) => timeOf(flows, "undamped", i));
    expectClose(times, [times[0], times[0], times[0]], 1e-8);
  });

  it("are faster by the natural gradient, if not by three orders of magnitude", () => {
    const ratios = String(speedUp(flows).ours).split(", ").map(Number);
    expect(ratios).toHaveLength(3);
    for (const ratio of ratios) {
      expect(ratio).toBeGreaterThan(10);
      expect(ratio).toBeLessThan(100);
    }
  });
});
