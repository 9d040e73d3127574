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
  train,
  type UpdateReport,
} from "../../src/index.ts";
import { batchFor, spoil } from "../support/agent.ts";
import { bits } from "../support/close.ts";
import { plane } from "../support/lqr.ts";

/** What every agent promises, whatever its parts, in batches of `size` times the least that most need. */
export function describeAgent(
  name: string,
  make: (environment: Environment, random: Random) => Agent,
  size = 1,
): void {
  const environment = lqr({ ...plane, horizon: 15 });
  const batchOf = (policy: Policy, steps = 120, seed?: string): Batch =>
    batchFor(policy, steps * size, seed);
  const fresh = (seed = 0): Agent => make(environment, createRandom(seed));
  const run = (updates: number, seed = 0): { agent: Agent; reports: UpdateReport[] } => {
    const agent = fresh();
    const random = createRandom(seed);
    const stepsPerUpdate = 210 * size;
    const options = { environment, agent, random, steps: stepsPerUpdate * updates, stepsPerUpdate };
    return { agent, reports: Array.from(train(options), ({ report }) => report) };
  };

  describe(`${name} as an agent`, () => {
    it("gives the same θ, bit for bit, for the same seed, and another for another", () => {
      const theta = bits(run(6).agent.policy.theta);
      expect(bits(run(6).agent.policy.theta)).toBe(theta);
      expect(bits(run(6, 1).agent.policy.theta)).not.toBe(theta);
    });

    it("takes its steps: every update of a sound batch is accepted, and moves θ", () => {
      const before = bits(fresh().policy.theta);
      const { agent, reports } = run(4);
      for (const { outcome } of reports) expect(["accepted", "shrunk"]).toContain(outcome);
      expect(bits(agent.policy.theta)).not.toBe(before);
    });

    it("moves θ by α w, and by nothing else", () => {
      const agent = fresh();
      const before = agent.policy.theta.slice();
      const { stepSize, direction } = agent.update(batchOf(agent.policy));
      expect(agent.policy.theta).toEqual(before.map((x, i) => x + stepSize * direction[i]));
    });

    it("reports numbers that fit each other", () => {
      for (const report of run(4).reports.slice(-1)) {
        const { gradient: g, direction: w, stepSize: alpha } = report;
        expect(report.gradientNorm).toBe(norm(g));
        expect(report.slope).toBeCloseTo(
          g.reduce((sum, x, i) => sum + x * w[i], 0),
          12,
        );
        expect(report.predictedGain).toBe(alpha * report.slope);
        expect(report.predictedKl).toBe(0.5 * alpha * alpha * report.curvature);
        expect(report.kl / report.predictedKl).toBeGreaterThan(0.2);
        expect(report.kl / report.predictedKl).toBeLessThan(5);
        expect(report.solves).toBeGreaterThanOrEqual(1);
      }
    });

    it.each([
      ["observations", NaN],
      ["observations", Infinity],
      ["actions", NaN],
      ["rewards", NaN],
      ["rewards", -Infinity],
    ] as const)("rejects %s that hold %d, says where, and leaves θ bit for bit", (what, value) => {
      const agent = fresh();
      const before = bits(agent.policy.theta);
      const report = agent.update(spoil(batchOf(agent.policy), what, value));
      const where = what === "rewards" ? "step 3" : "step 1, component 1";
      expect(report.outcome).toBe(
        `rejected: ${what} hold ${String(value)} at environment 0, ${where}`,
      );
      expect(report).toMatchObject({ stepSize: 0, kl: 0, gain: 0, predictedKl: 0, solves: 0 });
      expect(bits(agent.policy.theta)).toBe(before);
    });

    it.each([
      ["observations", 1e200],
      ["actions", 1e200],
      ["rewards", 1e308],
      ["rewards", 1e200],
    ] as const)("never throws and never makes θ infinite where %s hold %d", (what, value) => {
      const agent = fresh();
      const before = bits(agent.policy.theta);
      const report = agent.update(spoil(batchOf(agent.policy), what, value));
      expect(agent.policy.theta.every(Number.isFinite)).toBe(true);
      if (report.outcome.startsWith("rejected")) expect(bits(agent.policy.theta)).toBe(before);
    });

    it("goes on learning after a batch whose observations overflow", () => {
      const agent = fresh();
      agent.update(spoil(batchOf(agent.policy), "observations", 1e200));
      agent.update(batchOf(agent.policy));
      expect(agent.update(batchOf(agent.policy)).outcome).not.toContain("rejected");
    });

    it("learns after a bad batch as if it had not seen it", () => {
      const [clean, disturbed] = [fresh(), fresh()];
      disturbed.update(spoil(batchOf(disturbed.policy), "rewards", NaN));
      for (const agent of [clean, disturbed]) {
        for (const seed of ["1", "2"]) agent.update(batchOf(agent.policy, 120, seed));
      }
      expect(bits(disturbed.policy.theta)).toBe(bits(clean.policy.theta));
    });

    it("takes batches of one size after another", () => {
      const agent = fresh();
      for (const steps of [120, 60, 180]) {
        expect(agent.update(batchOf(agent.policy, steps)).outcome).not.toContain("rejected");
      }
    });
  });
}
