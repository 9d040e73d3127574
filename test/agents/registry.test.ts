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

const fromAdvantages = ["vanilla", "natural", "trpo"];

describe.each(Object.keys(agents))("%s", (name) => {
  const has = (key: string): boolean => key in agents[name].options.shape;

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
    ["gain", [1, "2"], "must be numbers, got 1,2"],
    ["logStd", NaN, "must be a number, got NaN"],
  ])("refuses %s = %j with the rule and what came", (key, value, message) => {
    const unknown = `${name}: no option is named ${key}; known: `;
    expect(() => create(name, { [key]: value })).toThrow(
      has(key) ? new RangeError(`${name}: ${key} ${message}`) : unknown,
    );
  });

  it("heeds bias, gain, logStd and discount", () => {
    const agent = create(name, { bias: false, gain: [1, 2, 3, 4], logStd: -1, discount: 0.5 });
    expect([...agent.policy.theta]).toEqual([1, 2, 3, 4, -1, -1]);
    expect([...create(name, { bias: false }).policy.theta]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(agent.discount).toBe(0.5);
  });

  it("heeds its discount and trace, or how it estimates advantages: each changes the gradient", () => {
    const gradientWith = (options: Record<string, unknown>): string => {
      const agent = create(name, options);
      agent.update(batchFor(agent.policy, 300, "first"));
      return agent.update(batchFor(agent.policy, 300)).gradient.join();
    };
    const choices = [
      { discount: 0.5 },
      { standardise: false },
      { baseline: "zero" },
      { lambda: 0.2 },
      { discountedStates: true },
      { discountScores: false },
      { value: "constant" },
      { forgetting: 0.5 },
    ].filter((choice) => Object.keys(choice).every(has));
    const gradients = [{}, ...choices].map(gradientWith);
    expect(new Set(gradients).size).toBe(gradients.length);
    expect(choices.length).toBe(fromAdvantages.includes(name) ? 5 : 3);
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
    ["enac", "kl", 0, "must be positive, got 0"],
    ["enac", "value", "cubic", 'must be "quadratic", "constant" or "time", got cubic'],
    ["enac", "discountScores", 1, "must be true or false, got 1"],
    ["nac", "forgetting", 2, "must lie in [0, 1], got 2"],
    ["nac", "angle", 0, "must be above 0 and at most 180, got 0"],
    ["nac", "angle", 181, "must be above 0 and at most 180, got 181"],
    ["nac", "angle", "1°", "must be above 0 and at most 180, got 1°"],
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

  it("of nac is the angle that w must settle to, in degrees", () => {
    const outcomes = [180, 1, 90].map((angle) => {
      const agent = create("nac", { angle });
      return ["first", "second"].map(
        (seed) => agent.update(batchFor(agent.policy, 300, seed)).outcome,
      );
    });
    expect(outcomes[0]).toEqual(["accepted", "accepted"]);
    expect(outcomes[1][1]).toMatch(/^postponed: w has a cosine of -?[\d.]+ with the one before/);
    expect(outcomes[2][1]).toBe("accepted");
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
