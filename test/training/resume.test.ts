import { describe, expect, it } from "vitest";
import { agents } from "../../agents/index.ts";
import { cartpole, cartpoleContinuous } from "../../envs/cartpole.ts";
import { lqr } from "../../envs/lqr.ts";
import {
  type Agent,
  type Collector,
  createCollector,
  createEpisodeCollector,
  createPerturbedCollector,
  createRandom,
  createShardedCollector,
  type Environment,
  EnvironmentFault,
  jointly,
  policyFor,
  type Random,
  restoreRandom,
  type Saved,
  startCrew,
  train,
  type TrainingRecord,
  type Vector,
} from "../../src/index.ts";
import { recipeOf } from "../crew/crews.ts";
import { bits } from "../support/close.ts";

const UPDATES = 6;
const shape = { stepsPerUpdate: 120, environments: 4 };

interface Run {
  readonly environment: Environment;
  readonly agent: Agent;
  readonly random: Random;
  readonly collector: Collector;
}

/** The updates after `after`, each as text; its vectors too. */
function records(
  run: Run,
  updates: number,
  after?: Pick<TrainingRecord, "update" | "steps">,
): string[] {
  const steps = updates * shape.stepsPerUpdate;
  return Array.from(train({ ...run, ...shape, steps, ...(after && { after }) }), (record) =>
    JSON.stringify([record, bits(record.report.gradient), bits(record.report.direction)]),
  );
}

/** A run of all updates, and one of half of them that another goes on with. */
function wholeAndSplit(start: () => Run): { whole: string[]; split: string[]; thetas: Vector[] } {
  const [one, first, second] = [start(), start(), start()];
  const whole = records(one, UPDATES);
  const half = records(first, UPDATES / 2);
  const stateOf = ({ agent, collector }: Run) =>
    jointly({ agent: agent.state, collector: collector.state });
  const saved: Saved = stateOf(first).save();
  // What the first run does later must not reach what was saved.
  records(first, UPDATES, { update: 0, steps: 0 });
  stateOf(second).restore(saved);
  const steps = (UPDATES / 2) * shape.stepsPerUpdate;
  const rest = records(second, UPDATES, { update: UPDATES / 2, steps });
  return {
    whole,
    split: [...half, ...rest],
    thetas: [one.agent.policy.theta, second.agent.policy.theta],
  };
}

const cases: readonly [string, Environment, string, object][] = [
  ["the regulator, vanilla", lqr(), "vanilla", {}],
  ["the regulator, natural", lqr(), "natural", {}],
  ["cart-pole, TRPO with the quadratic baseline", cartpole(), "trpo", {}],
  ["cart-pole, TRPO with the network baseline", cartpole(), "trpo", { baseline: "network" }],
  [
    "cart-pole by force, perceptron and K-FAC",
    cartpoleContinuous(),
    "natural",
    { hidden: [8], fisher: "kronecker", kernel: "simd" },
  ],
  [
    "cart-pole by force, perceptron by kernels",
    cartpoleContinuous(),
    "trpo",
    { hidden: [8, 8], kernel: "simd" },
  ],
  [
    "cart-pole, conjugate gradient that starts warm",
    cartpole(),
    "natural",
    { hidden: [8], kernel: "simd", warmStart: true, tolerance: 0.1 },
  ],
  [
    "cart-pole by force, observations normalised, σ bounded",
    cartpoleContinuous(),
    "trpo",
    { normaliseObservations: true, minStd: 0.5 },
  ],
  ["the regulator, eNAC", lqr({ horizon: 10 }), "enac", {}],
  ["the regulator, NAC that forgets slowly", lqr(), "nac", { forgetting: 0.9 }],
  ["the regulator, NAC that waits", lqr(), "nac", { angle: 2 }],
];

describe("a run of six updates equals one of three that another goes on with, bit for bit", () => {
  it.each(cases)("%s", (_, environment, name, options) => {
    const start = (): Run => {
      const random = createRandom(7);
      const agent = agents[name].create(environment, random.split("agent"), { ...options });
      const { policy } = agent;
      const { environments, stepsPerUpdate } = shape;
      const stepsPerEnvironment = stepsPerUpdate / environments;
      const parts = { environment, policy, random, environments, stepsPerEnvironment };
      return { environment, agent, random, collector: createCollector(parts) };
    };
    const { whole, split, thetas } = wholeAndSplit(start);
    expect(split).toStrictEqual(whole);
    expect(bits(thetas[1])).toBe(bits(thetas[0]));
    expect(new Set(whole).size).toBe(UPDATES);
  });

  it("on the shards of a crew", async () => {
    const recipe = recipeOf({ environments: 4, stepsPerEnvironment: 30 });
    const crews = await Promise.all([1, 2, 3].map(() => startCrew(recipe)));
    let next = 0;
    const start = (): Run => {
      const crew = crews[next++];
      const random = restoreRandom(recipe.random);
      const environment = crew.parts.makeEnvironment();
      const agent = agents.natural.create(environment, random.split("agent"));
      return { environment, agent, random, collector: createShardedCollector(crew, agent.policy) };
    };
    const { whole, split } = wholeAndSplit(start);
    expect(split).toStrictEqual(whole);
  });
});

describe("collectors of whole episodes", () => {
  const environment = cartpole();
  const make: Readonly<Record<string, (random: Random) => Collector>> = {
    episodes: (random) =>
      createEpisodeCollector({ environment, policy: policyOf(), random, episodes: 3 }),
    perturbations: (random) =>
      createPerturbedCollector({ environment, policy: policyOf(), random, pairs: 2, scale: 0.1 }),
  };
  const policyOf = () => policyFor(environment, createRandom(1));

  it.each(Object.keys(make))("go on where they were saved: %s", (kind) => {
    const first = make[kind](createRandom(5));
    first.collect();
    const second = make[kind](createRandom(5));
    const saved = first.state.save();
    const rewards = bits(first.collect().observations.data);
    second.state.restore(saved);
    expect(bits(second.collect().observations.data)).toBe(rewards);
  });
});

describe("what was not saved is refused", () => {
  const collector = (environments: number): Collector => {
    const environment = lqr();
    const policy = policyFor(environment, createRandom(1));
    const random = createRandom(1);
    return createCollector({ environment, policy, random, environments, stepsPerEnvironment: 5 });
  };

  it.each<[string, Saved, string]>([
    ["nothing", null, "the saved state must hold streams, got null"],
    ["another part", { weights: 1 }, "the saved state must hold streams, got a part with weights"],
    [
      "another size",
      collector(3).state.save(),
      "lanes must be a vector of 8 numbers, got a vector of 12 numbers",
    ],
  ])("%s", (_, saved, message) => {
    expect(() => collector(2).state.restore(saved)).toThrow(new RangeError(`restore: ${message}`));
  });

  it("such as a stream without its numbers", () => {
    const saved = { streams: { environment: { seed: "1", c: 1 }, action: null }, lanes: null };
    expect(() => collector(2).state.restore(saved)).toThrow(
      "must hold s0, got a part with seed, c",
    );
  });
});

describe("callbacks of train", () => {
  const run = () => {
    const environment = lqr({ horizon: 20 });
    const random = createRandom(3);
    return { environment, random, agent: agents.natural.create(environment, random), ...shape };
  };

  it("tell of updates and of the episodes that ended, and stop the run when asked to", () => {
    const told: string[] = [];
    const all = train({
      ...run(),
      steps: 1200,
      onUpdate: ({ update }) => told.push(`update ${update}`),
      onEpisode: ({ length }, { update }) => told.push(`episode of ${length} in ${update}`),
      stopWhen: ({ update }) => update === 2,
    });
    expect(Array.from(all, ({ update }) => update)).toStrictEqual([1, 2]);
    const episodes = (update: number) => new Array<string>(4).fill(`episode of 20 in ${update}`);
    expect(told).toStrictEqual([
      ...[...episodes(1), "update 1"],
      ...[...episodes(2), ...episodes(2), "update 2"],
    ]);
  });
});

describe("an environment that returns NaN in the middle of training", () => {
  const broken = (what: "reward" | "observation"): Environment => {
    const environment = lqr({ horizon: 30 });
    let steps = 0;
    return {
      ...environment,
      step: (state, action, random) => {
        const reward = environment.step(state, action, random);
        steps++;
        if (steps === 250) state[0] = 3.5;
        return what === "reward" && steps === 250 ? NaN : reward;
      },
      observe: (state, observation) => {
        environment.observe(state, observation);
        if (what === "observation" && steps === 250) observation[0] = NaN;
      },
    };
  };

  const thrownBy = (work: () => void): unknown => {
    try {
      work();
    } catch (error) {
      return error;
    }
    return undefined;
  };

  it.each(["reward", "observation"] as const)(
    "stops before the update, with episode, step and state of the %s",
    (what) => {
      const environment = broken(what);
      const random = createRandom(1);
      const agent = agents.natural.create(environment, random);
      const updates = train({ environment, agent, random, steps: 1000, ...shape });
      updates.next();
      updates.next();
      const theta = bits(agent.policy.theta);
      // Step 250 is the 10th of the third batch: the third step of copy 1, in its third episode.
      const caught = thrownBy(() => updates.next());
      expect(caught).toBeInstanceOf(EnvironmentFault);
      expect(caught).toMatchObject({
        message: expect.stringMatching(
          `^lqr must return finite numbers, got an? ${what} of NaN in episode 3, step 3 of copy 1, in the state \\[3.5\\]; `,
        ) as string,
        fault: { environment: 1, episode: 3, step: 3, state: new Float64Array([3.5]) },
      });
      expect(bits(agent.policy.theta)).toBe(theta);
    },
  );

  it("is told from one whose state overflows, which the agent rejects", () => {
    const environment = lqr({ A: [[1e50]], horizon: 30 });
    const random = createRandom(1);
    const agent = agents.natural.create(environment, random);
    const [{ report }] = train({ environment, agent, random, steps: 120, ...shape });
    expect(report.outcome).toMatch(/^rejected: observations hold/);
  });
});
