import { describe, expect, it } from "vitest";
import { agents, natural } from "../../agents/index.ts";
import { cartpole, lqr, pendulum } from "../../envs/index.ts";
import {
  type Agent,
  createCollector,
  createRandom,
  type Environment,
  klNewToOld,
  type UpdateReport,
} from "../../src/index.ts";
import { natgrad } from "../scripts/cli.ts";

/** The first update of an agent on 500 steps, and its policy before and after. */
function firstUpdate(
  environment: Environment,
  options: Record<string, unknown>,
): { agent: Agent; report: UpdateReport } {
  const agent = natural(environment, createRandom(3), { kernel: "float64", ...options });
  const random = createRandom(4);
  const collector = createCollector({
    ...{ environment, policy: agent.policy, random, environments: 1, stepsPerEnvironment: 500 },
  });
  return { agent, report: agent.update(collector.collect()) };
}

describe("options that follow other libraries", () => {
  it("dampedStep shortens the step by √(wᵀFw / wᵀ(F + λI)w), along the same direction", () => {
    const options = { hidden: [8], damping: 0.5, kl: 0.01 };
    const plain = firstUpdate(pendulum(), options).report;
    const damped = firstUpdate(pendulum(), { ...options, dampedStep: true }).report;
    expect(damped.direction).toEqual(plain.direction);
    const squares = plain.direction.reduce((sum, x) => sum + x * x, 0);
    const ratio = Math.sqrt(plain.curvature / (plain.curvature + 0.5 * squares));
    expect(ratio).toBeLessThan(0.99);
    expect(damped.stepSize / plain.stepSize).toBeCloseTo(ratio, 12);
  });

  it("divergence new-to-old reports KL(new ‖ old) of the same step", () => {
    const environment = lqr();
    const before = natural(environment, createRandom(3)).policy;
    const [oldToNew, newToOld] = ["old-to-new", "new-to-old"].map((divergence) =>
      firstUpdate(environment, { divergence, kl: 0.2 }),
    );
    expect(newToOld.report.stepSize).toBe(oldToNew.report.stepSize);
    expect(newToOld.report.kl).not.toBeCloseTo(oldToNew.report.kl, 4);
    // By hand, over the states of the batch: the same draws as in firstUpdate.
    const collector = createCollector({
      ...{ environment, policy: before, random: createRandom(4) },
      ...{ environments: 1, stepsPerEnvironment: 500 },
    });
    const { observations } = collector.collect();
    const { network, distribution } = before;
    const [old, moved] = [before.theta, newToOld.agent.policy.theta].map((theta) => {
      const point = network.linearisation(500);
      point.at(theta, observations);
      return point.outputs;
    });
    const kl = new Float64Array(500);
    klNewToOld(distribution, old, moved, kl);
    const mean = kl.reduce((sum, x) => sum + x, 0) / 500;
    expect(newToOld.report.kl).toBeCloseTo(mean, 12);
  });

  it.each([
    ["ridge", { criticPasses: 80 }, "criticPasses must be left out where the baseline is no network, got 80 with baseline ridge"], // prettier-ignore
    ["zero", { criticHidden: [8] }, "criticHidden must be left out"],
    ["ridge", { criticMinibatch: 0 }, "criticMinibatch must be left out"],
    ["ridge", { criticLearningRate: 0.1 }, "criticLearningRate must be left out"],
  ])("refuses the critic's options with the baseline %s: %j", (baseline, options, message) => {
    for (const name of ["vanilla", "natural", "trpo"]) {
      const create = (): unknown =>
        agents[name].create(lqr(), createRandom(1), { baseline, ...options });
      expect(create).toThrow(RangeError);
      expect(create).toThrow(message);
    }
  });

  it.each([
    { criticHidden: [8] },
    { criticHidden: [] },
    { criticPasses: 1 },
    { criticMinibatch: 0 },
    { criticLearningRate: 0.1 },
  ])("the critic heeds %j, by which the second update differs", (options) => {
    const second = (critic: Record<string, unknown>): number => {
      const environment = cartpole();
      const settings = { baseline: "network", kernel: "float64" as const, ...critic };
      const agent = agents.natural.create(environment, createRandom(3), settings);
      const collector = createCollector({
        ...{ environment, policy: agent.policy, random: createRandom(4) },
        ...{ environments: 1, stepsPerEnvironment: 200 },
      });
      agent.update(collector.collect());
      return agent.update(collector.collect()).gradientNorm;
    };
    expect(second(options)).not.toBe(second({}));
    const usual = { criticHidden: [64, 64], criticPasses: 10, criticMinibatch: 128 };
    expect(second({ ...usual, criticLearningRate: 1e-3 })).toBe(second({}));
  });

  it("divergence new-to-old is the same on two threads, which share large batches", async () => {
    const line =
      "train pendulum --agent trpo --divergence new-to-old --hidden 8 --baseline ridge --steps 6000 --steps-per-update 6000 --environments 8 --episodes 2 --json --workers";
    const [one, two] = await Promise.all(
      ["1", "2"].map((workers) => natgrad([...line.split(" "), workers])),
    );
    expect([one.code, two.code]).toEqual([0, 0]);
    expect(two.stdout).toBe(one.stdout);
  });
});
