/**
 * `npm run bench:memory [-- --updates n]`: what a long run and a warm update hold and allocate.
 *
 * First the bytes that one warm update allocates, for batches of 1000 and 20 000 steps: they must not
 * grow with N. Then 10 000 updates of TRPO on cart-pole with a 64-64 policy and critic and small
 * batches: nothing may grow.
 */
import { setImmediate as nextTask } from "node:timers/promises";
import { parseArgs } from "node:util";
import { agents } from "../../agents/index.ts";
import { environments } from "../../envs/index.ts";
import { type Agent, createCollector, createRandom, train } from "../../src/index.ts";

const { values } = parseArgs({ options: { updates: { type: "string", default: "10000" } } });
const updates = Number(values.updates);
const collectGarbage = (globalThis as { gc?: () => void }).gc;
if (collectGarbage === undefined) {
  throw new Error("bench:memory: needs node --expose-gc; run it with npm run bench:memory");
}
const wasm = countWebAssembly();

/**
 * The size of all WebAssembly memories made from now on that are still alive, in bytes. A memory that
 * was looked at stays alive until the end of the task, so the callers wait for the next one.
 */
function countWebAssembly(): () => number {
  const memories: WeakRef<WebAssembly.Memory>[] = [];
  WebAssembly.Memory = new Proxy(WebAssembly.Memory, {
    construct: (target, [descriptor]: [WebAssembly.MemoryDescriptor]) => {
      const memory = new target(descriptor);
      memories.push(new WeakRef(memory));
      return memory;
    },
  });
  return () => memories.reduce((sum, one) => sum + (one.deref()?.buffer.byteLength ?? 0), 0);
}

interface Bytes {
  readonly heap: number;
  readonly arrays: number;
  readonly external: number;
  readonly wasm: number;
  readonly rss: number;
}

function bytes(): Bytes {
  const { heapUsed: heap, arrayBuffers: arrays, external, rss } = process.memoryUsage();
  return { heap, arrays, external, wasm: wasm(), rss };
}

const environment = environments.cartpole.create();

function agentOf(options: Record<string, unknown>): Agent {
  const { options: known, create } = agents.trpo;
  const suggested = Object.entries(environments.cartpole.suggests ?? {});
  const own = suggested.filter(([key]) => key in known.shape);
  return create(environment, createRandom("memory"), { ...Object.fromEntries(own), ...options });
}

/** Bytes that an update allocates once its buffers are made: on the heap, and in typed arrays. */
function allocatedBy(agent: Agent, steps: number): { heap: number; arrays: number } {
  const random = createRandom("batch");
  const options = { environment, policy: agent.policy, random };
  const batch = createCollector({
    ...options,
    environments: 1,
    stepsPerEnvironment: steps,
  }).collect();
  const start = agent.policy.theta.slice();
  /** The first update again: learning on from one batch, steps end up refused after many trials. */
  const update = (): void => {
    agent.policy.theta.set(start);
    agent.update(batch);
  };
  // warm, and compiled by the optimising compiler, which leaves fewer numbers on the heap
  for (let i = 0; i < Math.max(50, 200_000 / steps); i++) update();
  const samples = Array.from({ length: 9 }, () => {
    collectGarbage?.();
    const before = process.memoryUsage();
    update();
    const after = process.memoryUsage();
    return {
      heap: after.heapUsed - before.heapUsed,
      arrays: after.arrayBuffers - before.arrayBuffers,
    };
  });
  const middle = (key: "heap" | "arrays"): number =>
    samples.map((sample) => sample[key]).sort((a, b) => a - b)[4];
  return { heap: middle("heap"), arrays: middle("arrays") };
}

const kilo = (count: number): string => `${(count / 1024).toFixed(1)} kB`;
console.log(
  "bytes that one warm TRPO update allocates, heap + typed arrays (linear: no hidden layers)",
);
for (const [name, options] of Object.entries({
  "64-64, network critic": {},
  "64-64, ridge": { baseline: "ridge" },
  "linear, ridge": { hidden: [], baseline: "ridge" },
})) {
  const figures = [1000, 20_000].map((steps) => {
    const { heap, arrays } = allocatedBy(agentOf(options), steps);
    return `N = ${steps}: ${kilo(heap)} + ${kilo(arrays)}`;
  });
  console.log(`  ${name.padEnd(24)} ${figures.join("   ")}`);
}

const mega = (count: number): string => `${(count / 1e6).toFixed(2)} MB`.padStart(12);
console.log(
  `\n${updates} TRPO updates of 64 steps on cart-pole, after a garbage collection each time`,
);
console.log(`${"update".padStart(8)}        heap      arrays    external WebAssembly         RSS`);
const agent = agentOf({});
const random = createRandom("run");
const steps = 64 * updates;
for (const { update } of train({ environment, agent, random, steps, stepsPerUpdate: 64 })) {
  if (update !== 100 && update % Math.ceil(updates / 10) !== 0) continue;
  await nextTask();
  collectGarbage();
  const held = bytes();
  const cells = [held.heap, held.arrays, held.external, held.wasm, held.rss].map(mega);
  console.log(`${String(update).padStart(8)}${cells.join("")}`);
}
