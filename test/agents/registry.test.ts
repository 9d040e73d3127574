import { describe, expect, it } from "vitest";
import { agents } from "../../agents/index.ts";
import { lqr } from "../../envs/index.ts";
import { createRandom } from "../../src/index.ts";
import { batchFor } from "../support/agent.ts";
import { plane } from "../support/lqr.ts";

const environment = lqr(plane);
const random = createRandom("agents");
const create = (name: string, options?: Record<string, unknown>) =>
  agents[name].create(environment, random, options);

describe.each(Object.keys(agents))("%s", (name) => {
  it("builds with its defaults, and with none of them given", () => {
    for (const options of [undefined, {}]) {
      const agent = create(name, options);
      expect(agent.discount).toBe(0.99);
      // Gains, biases and log σ of two states and two actions.
      expect([...agent.policy.theta]).toEqual(new Array(8).fill(0));
    }
  });

  it("describes every option and gives each a default", () => {
    const { options, summary } = agents[name];
    expect(summary).not.toBe("");
    const defaults = options.parse({});
    for (const [key, kind] of Object.entries(options.shape)) {
      expect((kind as { description?: string }).description, key).toBeTruthy();
      expect(defaults[key], key).toBeDefined();
    }
  });

  it("refuses an unknown option and names those that it knows", () => {
    expect(() => create(name, { learningRate: 1 })).toThrow(RangeError);
    expect(() => create(name, { learningRate: 1 })).toThrow(
      `${name}: no option is named learningRate; known: ${Object.keys(agents[name].options.shape).join(", ")}`,
    );
  });

  it.each<[string, unknown, string]>([
    ["discount", 1.5, "must lie in [0, 1], got 1.5"],
    ["discount", -0.1, "must lie in [0, 1], got -0.1"],
    ["discount", "0.9", "must lie in [0, 1], got 0.9"],
    ["lambda", NaN, "must lie in [0, 1], got NaN"],
    ["baseline", "none", 'must be "ridge", "network" or "zero", got none'],
    ["standardise", "yes", "must be true or false, got yes"],
    ["discountedStates", 1, "must be true or false, got 1"],
    ["bias", null, "must be true or false, got null"],
    ["logStd", NaN, "must be a number, got NaN"],
  ])("refuses %s = %j with the rule and what came", (key, value, message) => {
    expect(() => create(name, { [key]: value })).toThrow(
      new RangeError(`${name}: ${key} ${message}`),
    );
  });

  it("heeds bias, logStd and discount", () => {
    const agent = create(name, { bias: false, logStd: -1, discount: 0.5 });
    expect([...agent.policy.theta]).toEqual([0, 0, 0, 0, -1, -1]);
    expect(agent.discount).toBe(0.5);
  });

  it("heeds standardise, baseline, lambda and discountedStates: each changes the gradient", () => {
    const gradientWith = (options: Record<string, unknown>): string => {
      const agent = create(name, options);
      agent.update(batchFor(agent.policy, 60, "first"));
      return agent.update(batchFor(agent.policy, 60)).gradient.join();
    };
    const gradients = [
      {},
      { standardise: false },
      { baseline: "zero" },
      { lambda: 0.2 },
      { discountedStates: true },
    ].map(gradientWith);
    expect(new Set(gradients).size).toBe(gradients.length);
  });
});

describe("the options of one agent", () => {
  it.each<[string, string, unknown, string]>([
    ["vanilla", "stepSize", 0, "must be positive, got 0"],
    ["vanilla", "stepSize", "big", "must be a positive number, got big"],
    ["natural", "kl", -1, "must be positive, got -1"],
    ["natural", "kl", Infinity, "must be a positive number, got Infinity"],
    ["natural", "damping", -1e-3, "must be at least 0, got -0.001"],
    ["natural", "iterations", 0, "must be an integer of at least 1, got 0"],
    ["natural", "iterations", 2.5, "must be an integer of at least 1, got 2.5"],
    ["trpo", "kl", 0, "must be positive, got 0"],
    ["trpo", "factor", 1, "must lie between 0 and 1, got 1"],
    ["trpo", "backtracks", -1, "must be an integer of at least 0, got -1"],
  ])("of %s: %s = %j is refused with the rule and what came", (name, key, value, message) => {
    expect(() => create(name, { [key]: value })).toThrow(
      new RangeError(`${name}: ${key} ${message}`),
    );
  });

  it("of vanilla is its step size", () => {
    const agent = create("vanilla", { stepSize: 0.007 });
    const report = agent.update(batchFor(agent.policy));
    expect(report).toMatchObject({ stepSize: 0.007, damping: 0 });
    expect(report.direction).toEqual(report.gradient);
  });

  it("of natural are the KL, the damping and the iterations of conjugate gradient", () => {
    const agent = create("natural", { fisher: "exact", kl: 0.003, damping: 0.2, iterations: 2 });
    const report = agent.update(batchFor(agent.policy));
    expect(report.predictedKl).toBeCloseTo(0.003, 15);
    expect(report).toMatchObject({ damping: 0.2, solve: { iterations: 2 } });
  });

  it("of trpo are the KL that it never exceeds, the factor and the backtracks", () => {
    const agent = create("trpo", { kl: 2, factor: 0.5, backtracks: 30 });
    const report = agent.update(batchFor(agent.policy, 40));
    expect(report.kl).toBeLessThanOrEqual(2);
    const longest = Math.sqrt((2 * 2) / report.curvature);
    expect(report.stepSize).toBeCloseTo(longest * 0.5 ** report.backtracks, 12);
    expect(report.backtracks).toBeGreaterThan(0);
  });
});
