import { describe, expect, it } from "vitest";
import {
  type Batch,
  conjugateGradient,
  createCollector,
  createRandom,
  createShardedCollector,
  createSurrogate,
  type Crew,
  exactFisher,
  gae,
  kernelConjugateGradient,
  kernelFisher,
  lineSearch,
  naturalGradient,
  type Policy,
  type Recipe,
  restoreRandom,
  ridge,
  shardedFisher,
  shardedSurrogate,
  type Surrogate,
  train,
  type Vector,
} from "../../src/index.ts";
import { bits } from "../support/close.ts";
import { randomVector, relativeError } from "../support/numbers.ts";
import { crewOf, environments, recipeOf } from "./crews.ts";

const WORKERS = [1, 2, 3];
const perceptron = { hidden: [64, 64] };
const lqr = { module: environments, name: "lqr", options: { A: [[0.9]], horizon: 37 } };

const recipes: readonly [string, Recipe][] = [
  ["cart-pole, linear softmax policy", recipeOf()],
  ["cart-pole, perceptron in float64", recipeOf({ policy: perceptron })],
  ["cart-pole, perceptron by kernels", recipeOf({ policy: perceptron, kernels: "simd" })],
  [
    "grid, two softmaxes over a perceptron by kernels",
    recipeOf({
      environment: { module: environments, name: "grid" },
      ...{ policy: perceptron, kernels: "simd" },
    }),
  ],
  [
    "pendulum in wrappers",
    recipeOf({
      environment: {
        ...{ module: environments, name: "pendulum" },
        wrappers: { squash: true, sticky: 0.25, rewardScale: 0.1, timeLimit: 30 },
      },
    }),
  ],
  ["regulator, linear-Gaussian policy", recipeOf({ environment: lqr })],
  [
    "regulator, perceptron by kernels",
    recipeOf({ environment: lqr, policy: perceptron, kernels: "simd" }),
  ],
];

/** A policy with the crew's shape and a θ that is not at rest. */
function policyOf({ parts }: Crew): Policy {
  const { theta, ...rest } = parts.policy;
  const noise = randomVector(theta.length, createRandom("noise"));
  return { ...rest, theta: theta.map((value, j) => value + 0.1 * noise[j]) };
}

/** Everything in a batch, as text. */
function textOf(batch: Batch): string {
  const { observations, actions, rewards, lastObservations: last } = batch;
  const { environments, episodes, finished } = batch;
  const ends = last.data.slice(0, last.count * last.width);
  const numbers = [observations.data, actions.data, rewards, ends].map(bits);
  return JSON.stringify([...numbers, environments, episodes, finished]);
}

/** g, F g, J g, gain and KL of a step along F g, at advantages and weights that differ. */
function products(surrogate: Surrogate, policy: Policy, batch: Batch, fisher = shardedFisher()) {
  const count = batch.rewards.length;
  surrogate.at(batch);
  for (let i = 0; i < count; i++) {
    surrogate.weights[i] = (1 + (i % 3)) / (2 * count);
    surrogate.advantages[i] = Math.sin(i);
  }
  const { point, weights } = surrogate;
  const vector = (): Vector => new Float64Array(policy.theta.length);
  const [g, fg] = [vector(), vector()];
  surrogate.gradient(g);
  fisher.at(point, policy.distribution, batch.actions, weights).apply(g, fg);
  const explicit = vector();
  exactFisher().at(point, policy.distribution, batch.actions, weights).apply(g, explicit);
  const { gain, kl, ratios, squaredRatios } = surrogate.measure(
    policy.theta.map((value, j) => value + 10 * fg[j]),
  );
  return {
    g,
    fg,
    explicit,
    outputs: point.outputs.data.slice(),
    measured: Float64Array.of(gain, kl, ratios, squaredRatios),
  };
}

describe.each(recipes)("%s", (_, recipe) => {
  it("gives the same bits for 1, 2 and 3 threads", { timeout: 20_000 }, async () => {
    const results = [];
    for (const workers of WORKERS) {
      const crew = await crewOf(recipe, workers);
      const policy = policyOf(crew);
      const collector = createShardedCollector(crew, policy);
      const first = textOf(collector.collect());
      const batch = collector.collect(); // episodes go on from the first batch
      const made = products(shardedSurrogate(crew)(policy, 4800), policy, batch);
      const numbers = Object.values(made).map(bits);
      results.push({ threads: crew.workers, all: [first, textOf(batch), ...numbers] });
      await crew.close();
    }
    expect(results.map(({ threads }) => threads)).toEqual(WORKERS);
    expect(results[0].all[0]).not.toBe(results[0].all[1]);
    for (const { all } of results) expect(all).toEqual(results[0].all);
  });

  it("agrees with a batch in one piece to rounding", async () => {
    const crew = await crewOf(recipe, 2);
    const policy = policyOf(crew);
    const batch = createShardedCollector(crew, policy).collect();
    const sharded = products(shardedSurrogate(crew)(policy, 4800), policy, batch);
    const whole = products(createSurrogate(policy, 4800), policy, batch, kernelFisher());
    const tolerance = recipe.kernels === undefined ? 1e-12 : 2e-5;
    for (const name of ["g", "fg", "explicit", "outputs", "measured"] as const) {
      expect(relativeError(sharded[name], whole[name]), name).toBeLessThan(tolerance);
    }
  });
});

it("splits both the roll-out and the batch of these tests", async () => {
  const { shape } = await crewOf(recipes[1][1], 1);
  expect([shape.rollout.length, shape.batch.length]).toEqual([4, 4]);
});

it("of one environment is what the plain collector gives", async () => {
  const recipe = recipeOf({ environments: 1, stepsPerEnvironment: 500 });
  const crew = await crewOf(recipe, 1);
  const plain = createCollector({
    environment: crew.parts.makeEnvironment(),
    policy: crew.parts.policy,
    random: restoreRandom(recipe.random),
    environments: 1,
    stepsPerEnvironment: 500,
  });
  const sharded = createShardedCollector(crew, crew.parts.policy);
  for (let k = 0; k < 3; k++) expect(textOf(sharded.collect())).toBe(textOf(plain.collect()));
});

it("tiles the batch by episodes that begin where the last one ended", async () => {
  const crew = await crewOf(recipeOf(), 3);
  const { episodes, lastObservations } = createShardedCollector(crew, policyOf(crew)).collect();
  const sorted = episodes.toSorted((a, b) => a.start - b.start);
  expect(sorted.map(({ start }) => start)).toEqual(
    [0, ...sorted.map(({ end }) => end)].slice(0, -1),
  );
  expect(sorted.at(-1)?.end).toBe(4800);
  expect(lastObservations.count).toBe(episodes.length);
});

describe("a whole run of TRPO", () => {
  const steps = 3 * 4800;

  async function trained(recipe: Recipe, workers: number): Promise<string> {
    const crew = await crewOf(recipe, workers);
    const { environment, policy } = {
      environment: crew.parts.makeEnvironment(),
      policy: policyOf(crew),
    };
    const agent = naturalGradient({
      policy,
      baseline: ridge(),
      advantage: gae({ discount: 0.99, lambda: 0.97 }),
      surrogate: shardedSurrogate(crew),
      fisher: shardedFisher(),
      damping: 0.1,
      solver: recipe.kernels === undefined ? conjugateGradient() : kernelConjugateGradient(),
      step: lineSearch({ kl: 0.01 }),
    });
    const collector = createShardedCollector(crew, policy);
    const random = createRandom(1);
    const sizes = { steps, stepsPerUpdate: 4800, diagnose: true };
    const reports = Array.from(
      train({ environment, agent, random, collector, ...sizes }),
      ({ report }) => report,
    );
    const outcomes = reports.map(({ outcome }) => outcome);
    const seen = reports.flatMap(({ diagnosis }) => [
      ...[diagnosis?.halvesCosine ?? NaN, diagnosis?.effectiveShare ?? NaN],
      ...[diagnosis?.entropy ?? NaN, diagnosis?.explainedVariance ?? NaN],
    ]);
    expect(seen.every((value) => Number.isFinite(value))).toBe(true);
    expect(outcomes).toHaveLength(3);
    expect(outcomes.every((outcome) => !outcome.startsWith("rejected"))).toBe(true);
    await crew.close();
    const statistics = policy.normaliser?.statistics ?? new Float64Array(0);
    return [policy.theta, statistics, Float64Array.from(seen)].map(bits).join(" ");
  }

  const normalising: [string, Recipe] = [
    "cart-pole, perceptron of normalised observations",
    recipeOf({
      ...{ policy: { ...perceptron, normaliseObservations: true }, kernels: "simd" },
    }),
  ];
  it.each([recipes[2], recipes[5], normalising])(
    "on the %s ends at the same bits",
    async (_, recipe) => {
      const thetas = [];
      for (const workers of WORKERS) thetas.push(await trained(recipe, workers));
      expect(new Set(thetas).size).toBe(1);
    },
  );
});
