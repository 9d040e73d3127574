import { describe, expect, it } from "vitest";
import { natural, type NaturalOptions, trpo } from "../../agents/index.ts";
import { cartpole, cartpoleContinuous, lqr } from "../../envs/index.ts";
import {
  type Batch,
  createCollector,
  createRandom,
  type Environment,
  type Policy,
  train,
  type TrainingRecord,
} from "../../src/index.ts";
import { expectClose } from "../support/close.ts";

const metrics = [
  { fisher: "auto" },
  { fisher: "exact" },
  { fisher: "empirical" },
  { fisher: "kronecker" },
  { fisher: "diagonal" },
  { precondition: "kronecker" },
  { precondition: "diagonal" },
  { fisherEvery: 4 },
  { fisher: "kronecker", fisherEvery: 4 },
] as const;

function batchOf(environment: Environment, policy: Policy): Batch {
  const options = { environments: 2, stepsPerEnvironment: 150, random: createRandom("batch") };
  return createCollector({ environment, policy, ...options }).collect();
}

describe.each(metrics)("an agent with %j", (metric) => {
  it.each([cartpole(), cartpoleContinuous(), lqr()])("improves within the KL on $name", (world) => {
    const random = createRandom(3);
    const options = { ...metric, hidden: [8], kl: 0.02 };
    const agent = trpo(world, random.split("agent"), options);
    const records: TrainingRecord[] = [
      ...train({ environment: world, agent, random, steps: 4000, stepsPerUpdate: 1000 }),
    ];
    for (const { report } of records) {
      expect(report.outcome).toMatch(/accepted|shrunk/);
      expect(report.kl).toBeLessThanOrEqual(0.02);
      expect(report.gain).toBeGreaterThan(0);
    }
  });
});

describe("fisher auto", () => {
  const solved = (world: Environment, options: NaturalOptions = {}) => {
    const agent = natural(world, createRandom(4), { logStd: -0.5, ...options });
    return { ...agent.update(batchOf(world, agent.policy)), policy: agent.policy };
  };

  it.each([lqr(), cartpoleContinuous()])("solves for linear policies on $name at once", (world) => {
    const [direct, iterated] = [solved(world), solved(world, { fisher: "exact", iterations: 50 })];
    expect(direct.solve).toMatchObject({ status: "converged", iterations: 0 });
    expect(iterated.solve).toMatchObject({ status: "converged" });
    expect(iterated.solve.iterations).toBeGreaterThan(1);
    expectClose(direct.direction, iterated.direction, 1e-8);
  });

  it.each<[string, Environment, NaturalOptions]>([
    ["a softmax policy, whose M differs between states", cartpole(), {}],
    ["hidden layers", lqr(), { hidden: [4] }],
    ["a preconditioner", lqr(), { precondition: "diagonal" }],
  ])("leaves %s to conjugate gradient", (_, world, options) => {
    expect(solved(world, options).solve.iterations).toBeGreaterThan(0);
  });
});

describe("the options of a policy and its metric", () => {
  it("make layers of the sizes and activation asked for", () => {
    const make = (activation: "tanh" | "relu") =>
      natural(cartpole(), createRandom(1), { hidden: [7, 5], activation }).policy;
    expect(make("tanh").theta).toHaveLength(5 * 7 + 8 * 5 + 6 * 2);
    const outputs = (["tanh", "relu"] as const).map((activation) => {
      const { network, theta } = make(activation);
      const point = network.linearisation(1);
      point.at(theta, { count: 1, width: 4, data: Float64Array.of(1, -1, 2, 0.5) });
      return point.outputs.data[0];
    });
    expect(outputs[0]).not.toBe(outputs[1]);
  });

  it("refuse a preconditioner of a model that solves with itself", () => {
    expect(() =>
      natural(lqr(), createRandom(1), { fisher: "kronecker", precondition: "diagonal" }),
    ).toThrow(/precondition must be none .* got diagonal with fisher kronecker; take fisher exact/);
  });

  it("refuse sizes that are not positive integers", () => {
    for (const hidden of [[0], [2.5], [NaN]]) {
      expect(() => natural(lqr(), createRandom(1), { hidden })).toThrow(
        /natural: hidden must be positive integers, got/,
      );
    }
  });
});
