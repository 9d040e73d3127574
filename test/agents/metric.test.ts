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
  { tolerance: 0.1 },
  { warmStart: true },
  { precondition: "kronecker", warmStart: true, tolerance: 0.01 },
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

describe.each([[], [8]])("conjugate gradient with hidden layers %j", (...hidden) => {
  const world = cartpole();
  const make = (options: NaturalOptions) => {
    const agent = natural(world, createRandom(4), { hidden, iterations: 30, ...options });
    const batch = batchOf(world, agent.policy);
    return () => agent.update(batch).solve;
  };

  it("stops at the tolerance", () => {
    const [loose, tight] = [make({ tolerance: 0.2 })(), make({})()];
    expect(loose.status).toBe("converged");
    expect(loose.residual).toBeLessThanOrEqual(0.2);
    expect(loose.iterations).toBeLessThan(tight.iterations);
  });

  it("goes on from the last direction with a warm start", () => {
    const [cold, warm] = [make({ tolerance: 0.01 }), make({ tolerance: 0.01, warmStart: true })];
    expect(warm()).toEqual(cold());
    expect(warm().iterations).toBeLessThan(cold().iterations);
  });

  it("reaches a residual in fewer iterations where K-FAC preconditions", () => {
    const iterations = (precondition: "none" | "kronecker") =>
      make({ precondition, tolerance: 0.03 })().iterations;
    expect(iterations("kronecker")).toBeLessThan(iterations("none"));
  });
});

describe("fisher sample-space", () => {
  it("solves exactly where steps are few, and says so where they are many", () => {
    const world = cartpole();
    const make = (options: NaturalOptions) =>
      natural(world, createRandom(4), { hidden: [8], kernel: "float64", damping: 0.1, ...options });
    const batchFor = (policy: Policy, steps: number) => {
      const options = { environments: 1, stepsPerEnvironment: steps, random: createRandom(2) };
      return createCollector({ environment: world, policy, ...options }).collect();
    };
    const [agent, other] = [make({ fisher: "sample-space" }), make({ iterations: 60 })];
    const report = agent.update(batchFor(agent.policy, 20));
    expect(report.solve).toMatchObject({ status: "converged", iterations: 0 });
    expectClose(report.direction, other.update(batchFor(other.policy, 20)).direction, 1e-6);
    expect(() => agent.update(batchFor(agent.policy, 60))).toThrow(
      /sampleSpaceFisher: steps times columns of M's factor must be at most the 58 parameters/,
    );
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

  it.each<[NaturalOptions, string]>([
    [{ fisher: "kronecker", precondition: "diagonal" }, "precondition must be none"],
    [{ fisher: "diagonal", tolerance: 0.1 }, "tolerance must be 0"],
    [{ fisher: "sample-space", warmStart: true }, "warmStart must be false"],
    [{ warmStart: true }, "warmStart must be false"],
  ])("refuse %j, a model that solves with itself", (options, rule) => {
    const { fisher = "auto" } = options;
    expect(() => natural(lqr(), createRandom(1), options)).toThrow(
      new RegExp(
        `^${rule} where fisher solves with itself, got .* with fisher ${fisher}; take fisher exact$`,
      ),
    );
  });

  it("refuse a tolerance that no solve can miss", () => {
    expect(() => natural(cartpole(), createRandom(1), { tolerance: 1 })).toThrow(
      "natural: tolerance must be at least 0 and below 1, got 1",
    );
  });

  it("refuse sizes that are not positive integers", () => {
    for (const hidden of [[0], [2.5], [NaN]]) {
      expect(() => natural(lqr(), createRandom(1), { hidden })).toThrow(
        /natural: hidden must be positive integers, got/,
      );
    }
  });
});
