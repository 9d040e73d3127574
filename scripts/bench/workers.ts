import {
  createRandom,
  createShardedCollector,
  createSurrogate,
  type Crew,
  kernelFisher,
  type LinearOperator,
  type Recipe,
  shardedFisher,
  shardedSurrogate,
  type Surrogate,
} from "../../src/index.ts";
import { startNodeCrew } from "../support/crew.ts";
import type { BenchGroup, BenchRow } from "./bench.ts";
import { type Contestant, local, wallClock } from "./interleave.ts";

const environments = new URL(`../../envs/index${import.meta.url.slice(-3)}`, import.meta.url).href;
const ONE = "one thread";
const TWO = "two threads";
const WHOLE = "in one piece";

/** Roll-outs and Fisher products by one thread and by two, the same bits in both. */
export function workerGroups(): BenchGroup[] {
  const policies = [
    ["cartpole", [64, 64]],
    ["cartpole", []],
    ["lqr", []],
  ] as const;
  const nets = [
    [4, 1],
    [17, 6],
  ] as const;
  return [
    {
      title: "Roll-outs of 32 environments by threads, steps per second",
      show: "rate",
      columns: [ONE, TWO],
      base: ONE,
      rows: policies.flatMap(([name, hidden]) =>
        [2048, 20_000].map((steps) => rolloutRow(name, hidden, steps)),
      ),
    },
    {
      title: "F v by threads, and without shards",
      show: "time",
      columns: [ONE, TWO, WHOLE],
      base: ONE,
      rows: nets.flatMap(([inputs, outputs]) =>
        [2048, 10_000, 40_000].map((count) => productRow(inputs, outputs, count)),
      ),
    },
  ];
}

function rolloutRow(name: string, hidden: readonly number[], steps: number): BenchRow {
  const recipe: Recipe = {
    environment: { module: environments, name },
    policy: { hidden },
    kernels: "relaxed",
    random: createRandom(1).save(),
    environments: 32,
    stepsPerEnvironment: steps / 32,
  };
  const shape = hidden.length === 0 ? "linear" : hidden.join("-");
  return {
    what: `${name}, ${shape}, ${steps} steps`,
    units: steps,
    make: () =>
      withCrews(recipe, (crew) => {
        const collector = createShardedCollector(crew, crew.parts.policy);
        return () => void collector.collect();
      }),
  };
}

function productRow(inputs: number, outputs: number, rows: number): BenchRow {
  const matrix = (n: number, m: number): number[][] =>
    Array.from({ length: n }, (_, i) => Array.from({ length: m }, (_, j) => (i === j ? 0.5 : 0)));
  const options = { A: matrix(inputs, inputs), B: matrix(inputs, outputs) };
  const recipe: Recipe = {
    environment: { module: environments, name: "lqr", options },
    policy: { hidden: [64, 64] },
    kernels: "relaxed",
    random: createRandom(1).save(),
    environments: 16,
    stepsPerEnvironment: rows / 16,
  };
  return {
    what: `${inputs}-64-64-${outputs}, N = ${rows}`,
    units: 1,
    make: async () => {
      const crews = await withCrews(recipe, (crew) => {
        const surrogate = shardedSurrogate(crew)(crew.parts.policy, rows);
        return productOf(crew, surrogate, shardedFisher());
      });
      const alone = await startNodeCrew(recipe, 1);
      const whole = createSurrogate(alone.parts.policy, rows);
      return [...crews, local(WHOLE, productOf(alone, whole, kernelFisher()), wallClock)];
    },
  };
}

/** F v at a batch that the crew collects. */
function productOf(
  crew: Crew,
  surrogate: Surrogate,
  fisher: ReturnType<typeof kernelFisher>,
): () => void {
  const { policy } = crew.parts;
  const { actions, ...batch } = createShardedCollector(crew, policy).collect();
  surrogate.at({ ...batch, actions });
  surrogate.weights.fill(1 / actions.count);
  const { distribution, theta } = policy;
  const operator: LinearOperator = fisher.at(
    surrogate.point,
    distribution,
    actions,
    surrogate.weights,
  );
  const random = createRandom(2);
  const v = theta.map(() => random.normal());
  const out = new Float64Array(theta.length);
  return () => operator.apply(v, out);
}

async function withCrews(
  recipe: Recipe,
  subject: (crew: Crew) => () => void,
): Promise<Contestant[]> {
  const one = await startNodeCrew(recipe, 1);
  const two = await startNodeCrew(recipe, 2);
  return [local(ONE, subject(one), wallClock), local(TWO, subject(two), wallClock)];
}
