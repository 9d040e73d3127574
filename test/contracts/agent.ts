import { describe, expect, it } from "vitest";
import { lqr } from "../../envs/index.ts";
import {
  type Agent,
  type Batch,
  createRandom,
  type Environment,
  norm,
  type Policy,
  type Random,
  verifyAgent,
} from "../../src/index.ts";
import { batchFor, spoil } from "../support/agent.ts";
import { plane } from "../support/lqr.ts";
import { expectPassed } from "./checks.ts";

/** What every agent promises, whatever its parts, in batches of `size` times the least that most need. */
export function describeAgent(
  name: string,
  make: (environment: Environment, random: Random) => Agent,
  size = 1,
): void {
  const environment = lqr({ ...plane, horizon: 15 });
  const batchOf = (policy: Policy): Batch => batchFor(policy, 120 * size);
  const fresh = (): Agent => make(environment, createRandom(0));

  describe(`${name} as an agent`, () => {
    expectPassed(verifyAgent(make, { environment, size }));

    it("reports what it computed, bit for bit", () => {
      const agent = fresh();
      const report = agent.update(batchOf(agent.policy));
      const { gradient, stepSize: alpha } = report;
      expect(report.gradientNorm).toBe(norm(gradient));
      expect(report.predictedGain).toBe(alpha * report.slope);
      expect(report.predictedKl).toBe(0.5 * alpha * alpha * report.curvature);
    });

    it.each([
      ["observations", NaN],
      ["observations", Infinity],
      ["actions", NaN],
      ["rewards", NaN],
      ["rewards", -Infinity],
    ] as const)("says where %s hold %d", (what, value) => {
      const agent = fresh();
      const report = agent.update(spoil(batchOf(agent.policy), what, value));
      const where = what === "rewards" ? "step 3" : "step 1, component 1";
      expect(report.outcome).toBe(
        `rejected: ${what} hold ${String(value)} at environment 0, ${where}`,
      );
    });
  });
}
