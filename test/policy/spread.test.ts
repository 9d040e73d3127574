import { describe, expect, it } from "vitest";
import { natural, trpo } from "../../agents/index.ts";
import { lqr, pendulum } from "../../envs/index.ts";
import {
  affineFisher,
  createCollector,
  createRandom,
  createRows,
  type Environment,
  naturalGradient,
  type Policy,
  policyFor,
  type PolicyOptions,
  rowsFrom,
  squashed,
  train,
} from "../../src/index.ts";
import { plane } from "../support/lqr.ts";
import { partsOf } from "../support/agent.ts";
import { bits } from "../support/close.ts";
import { randomRows, relativeError } from "../support/numbers.ts";

/** σ at some observations, read off the Fisher matrix in μ. */
function sigmasOf({ network, distribution, theta }: Policy, count = 5): number[] {
  const size = distribution.actionSize;
  const point = network.linearisation(count);
  point.at(theta, randomRows(count, network.inputSize, "observations"));
  const v = createRows(count, 2 * size);
  v.data.fill(1);
  distribution.applyFisher(point.outputs, v, v);
  return Array.from(v.data)
    .filter((_, k) => k % (2 * size) < size)
    .map((precision) => 1 / Math.sqrt(precision));
}

const made = (options: PolicyOptions, environment: Environment = lqr(plane)): Policy =>
  policyFor(environment, createRandom(0), options);

describe("a σ of the observation", () => {
  it.each([
    ["a linear policy", {}, 2 * 4 + 4],
    ["hidden layers", { hidden: [8] }, 2 * 8 + 8 + 8 * 4 + 4],
  ])("starts as exp(logStd) with %s, and is an output of the network", (_, options, parameters) => {
    const policy = made({ ...options, stateStd: true, logStd: -0.5 });
    expect(policy.theta).toHaveLength(parameters);
    for (const sigma of sigmasOf(policy))
      expect(Math.abs(Math.log(sigma) + 0.5)).toBeLessThan(0.05);
    policy.theta.forEach((_, j) => (policy.theta[j] += Math.sin(j)));
    expect(new Set(sigmasOf(policy)).size).toBe(10);
  });

  it("has an F that conjugate gradient solves and that M of one state cannot stand for", () => {
    const environment = lqr(plane);
    const random = createRandom(4);
    const agent = natural(environment, random.split("agent"), { stateStd: true, kl: 0.02 });
    const options = { environment, agent, random: random.split("train"), steps: 4000 };
    const reports = [...train({ ...options, stepsPerUpdate: 1000 })].map(({ report }) => report);
    for (const { outcome, kl, solve } of reports) {
      expect(outcome).toBe("accepted");
      expect(solve.iterations).toBeGreaterThan(1);
      expect(kl).toBeGreaterThan(0.01);
      expect(kl).toBeLessThan(0.04);
    }
    const policy = agent.policy;
    const collector = createCollector({
      ...{ environment, policy, random, environments: 1, stepsPerEnvironment: 50 },
    });
    const direct = naturalGradient(partsOf({ policy, fisher: affineFisher() }));
    expect(() => direct.update(collector.collect())).toThrow("M must be the same at all states");
  });

  it("stays between its bounds whatever θ is, and starts where logStd says", () => {
    const policy = made({ stateStd: true, minStd: 0.2, maxStd: 0.7, logStd: Math.log(0.5) });
    for (const sigma of sigmasOf(policy)) expect(sigma).toBeCloseTo(0.5, 12);
    policy.theta.forEach((_, j) => (policy.theta[j] = 40 * Math.sin(j)));
    const sigmas = sigmasOf(policy);
    expect(Math.min(...sigmas)).toBeCloseTo(0.2, 3);
    expect(Math.max(...sigmas)).toBeCloseTo(0.7, 3);
    expect(policy.project).toBeUndefined();
  });

  it("may be squashed, with its bounds", () => {
    const options = { stateStd: true, minStd: 0.2, maxStd: 2 };
    const policy = made(options, squashed(pendulum()));
    for (const sigma of sigmasOf(policy)) expect(sigma).toBeCloseTo(1, 12);
    const [eta, u] = [rowsFrom([[0, 0.3]]), rowsFrom([[1]])];
    const [bounded, plain] = [policy, made(options, lqr())].map(({ distribution }) => {
      const out = new Float64Array(1);
      distribution.logProb(eta, u, out);
      return out[0];
    });
    expect(plain - bounded).toBeCloseTo(Math.log(2 / Math.cosh(1) ** 2), 12);
  });
});

describe("bounds of a constant σ", () => {
  it("hold by projection: log σ is moved to the nearest bound and nothing else", () => {
    const policy = made({ minStd: 0.5, maxStd: 2 });
    const theta = Float64Array.of(9, 9, 9, 9, 9, 9, -3, 1);
    policy.project?.(theta);
    expect([...theta]).toEqual([9, 9, 9, 9, 9, 9, Math.log(0.5), Math.log(2)]);
    const inside = Float64Array.of(0, 0, 0, 0, 0, 0, 0.1, -0.2);
    const before = inside.slice();
    policy.project?.(inside);
    expect(inside).toEqual(before);
  });

  it("are reached and kept over a run, and steps go on along what is free", () => {
    const environment = lqr();
    const random = createRandom(2);
    const options = { kl: 0.1, discount: 0.95, minStd: 0.8 };
    const agent = natural(environment, random.split("agent"), options);
    const floor = Math.log(0.8);
    const visited = [];
    for (const { report } of train({ environment, agent, random: random.split("t"), steps: 3e4 })) {
      const [gain, , logStd] = agent.policy.theta;
      visited.push({ gain, logStd });
      expect(report.stepSize).toBeGreaterThan(0);
    }
    expect(Math.min(...visited.map(({ logStd }) => logStd))).toBe(floor);
    const atFloor = visited.filter(({ logStd }) => logStd === floor);
    expect(atFloor.length).toBeGreaterThan(3);
    expect(new Set(atFloor.map(({ gain }) => gain)).size).toBe(atFloor.length);
  });

  it("are part of what a trial measures: the report is of the step that was taken", () => {
    const environment = lqr();
    const random = createRandom(2);
    const agent = trpo(environment, random.split("agent"), { kl: 0.1, minStd: 0.999 });
    const batch = createCollector({
      ...{ environment, policy: agent.policy, random, environments: 1, stepsPerEnvironment: 2000 },
    }).collect();
    const { distribution, network } = agent.policy;
    const [before, after] = [network.linearisation(2000), network.linearisation(2000)];
    before.at(agent.policy.theta.slice(), batch.observations);
    const { kl, stepSize, direction } = agent.update(batch);
    expect(stepSize * direction[2]).toBeLessThan(-0.01);
    after.at(agent.policy.theta, batch.observations);
    const out = new Float64Array(2000);
    distribution.kl(before.outputs, after.outputs, out);
    const mean = out.reduce((sum, value) => sum + value) / 2000;
    expect(relativeError([kl], [mean])).toBeLessThan(1e-10);
  });

  it("that nothing reaches change no bit of a run", () => {
    const thetas = [{}, { minStd: 1e-3, maxStd: 1e3 }].map((bounds) => {
      const environment = lqr();
      const random = createRandom(3);
      const agent = natural(environment, random.split("agent"), bounds);
      Array.from(train({ environment, agent, random: random.split("train"), steps: 6000 }));
      return bits(agent.policy.theta);
    });
    expect(thetas[1]).toBe(thetas[0]);
  });
});

describe("policyFor refuses", () => {
  it.each<[PolicyOptions, string]>([
    [{ minStd: 2, maxStd: 1 }, "minStd must be at least 0 and below maxStd, got 2 and 1"],
    [{ minStd: -1 }, "minStd must be at least 0 and below maxStd, got -1 and Infinity"],
    [{ minStd: 0.5, logStd: -3 }, "σ must start between minStd and maxStd, got 0.0497"],
    [{ maxStd: 1, stateStd: true }, "σ must start between minStd and maxStd, got 1 from logStd 0"],
    [{ minStd: 0.1, stateStd: true }, "needs maxStd as well, got minStd 0.1 alone"],
    [{ bias: false, stateStd: true }, "needs bias terms, got bias false with stateStd"],
  ])("%j", (options, message) => {
    expect(() => made(options)).toThrow(message);
  });
});
