/** `node scripts/bench/parallel.ts`: one thread against two, alone; also part of `npm run bench`. */
import { pathToFileURL } from "node:url";
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
import { type BenchGroup, measure, printGroup } from "./measure.ts";

const environments = new URL(`../../envs/index${import.meta.url.slice(-3)}`, import.meta.url).href;

/** Roll-outs and Fisher products by one thread and by two, the same bits in both. */
export async function parallelCases(): Promise<BenchGroup[]> {
  const groups: BenchGroup[] = [];
  for (const [name, hidden] of [
    ["cartpole", [64, 64]],
    ["cartpole", []],
    ["lqr", []],
  ] as const) {
    for (const steps of [2048, 20_000]) groups.push(await rolloutGroup(name, hidden, steps));
  }
  for (const [inputs, outputs] of [
    [4, 1],
    [17, 6],
  ]) {
    for (const rows of [2048, 10_000, 40_000]) {
      groups.push(await productGroup(inputs, outputs, rows));
    }
  }
  return groups;
}

async function rolloutGroup(
  name: string,
  hidden: readonly number[],
  steps: number,
): Promise<BenchGroup> {
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
    title: `Roll-outs of ${name}, ${shape} policy, ${steps} steps, 32 environments`,
    cases: await withCrews(recipe, (crew) => {
      const collector = createShardedCollector(crew, crew.parts.policy);
      return { units: steps, work: () => void collector.collect() };
    }),
    show: (seconds, units) => `${(units / seconds / 1e6).toFixed(2)} M/s`,
  };
}

async function productGroup(inputs: number, outputs: number, rows: number): Promise<BenchGroup> {
  const matrix = (n: number, m: number): number[][] =>
    Array.from({ length: n }, (_, i) => Array.from({ length: m }, (_, j) => (i === j ? 0.5 : 0)));
  const recipe: Recipe = {
    environment: {
      module: environments,
      name: "lqr",
      options: { A: matrix(inputs, inputs), B: matrix(inputs, outputs) },
    },
    policy: { hidden: [64, 64] },
    kernels: "relaxed",
    random: createRandom(1).save(),
    environments: 16,
    stepsPerEnvironment: rows / 16,
  };
  const cases = await withCrews(recipe, (crew) => {
    const { policy } = crew.parts;
    const surrogate = shardedSurrogate(crew)(policy, rows);
    return { units: 1, work: productOf(crew, surrogate, shardedFisher()) };
  });
  const alone = await startNodeCrew(recipe, 1);
  const whole = createSurrogate(alone.parts.policy, rows);
  const work = productOf(alone, whole, kernelFisher());
  return {
    title: `F v, ${inputs}-64-64-${outputs}, N = ${rows}, ${alone.shape.batch.length} shards`,
    cases: [...cases, { name: "one thread, in one piece", units: 1, work }],
    show: (seconds) => `${(seconds * 1e6).toFixed(1)} µs`,
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
  subject: (crew: Crew) => { readonly units: number; readonly work: () => void },
): Promise<BenchGroup["cases"]> {
  const one = await startNodeCrew(recipe, 1);
  const two = await startNodeCrew(recipe, 2);
  return [
    { name: "one thread", ...subject(one) },
    { name: two.remark ?? "two threads", ...subject(two) },
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const group of await parallelCases()) printGroup(group, measure(group.cases));
}
