import { agents, setKernelLoader } from "../../agents/index.ts";
import { environments } from "../../envs/index.ts";
import { createRandom, type Kernels, loadKernels, train } from "../../src/index.ts";
import type { BenchGroup } from "./bench.ts";
import { BUILD_NAMES, builds } from "./builds.ts";
import { loops } from "./elsewhere.ts";
import { type Contestant, local } from "./interleave.ts";

const STEPS = 2048;

/** A TRPO run on cart-pole with the defaults of sb3-contrib, updates included. */
export function trainingGroup(): BenchGroup {
  return {
    title: "TRPO on cart-pole, steps per second with updates (64-64, 15 CG, critic 10 x 16)",
    show: "rate",
    columns: BUILD_NAMES,
    base: "simd",
    rows: [
      {
        what: `one environment, ${STEPS} steps an update`,
        units: STEPS,
        make: () => builds().map(run),
        peer: { what: "training" },
        target: { default: 15, turbo: 18 },
        elsewhere: loops.training,
      },
    ],
  };
}

/** A run that goes on: 2048 steps and the update after them a call. */
function run(kernels: Kernels): Contestant {
  setKernelLoader((name) => (name === kernels.name ? kernels : loadKernels()));
  const { create, suggests = {} } = environments.cartpole;
  const { options, create: agentFor } = agents.trpo;
  const own = Object.entries(suggests).filter(([key]) => key in options.shape);
  const environment = create();
  const random = createRandom(1);
  const agent = agentFor(environment, random.split("agent"), {
    ...Object.fromEntries(own),
    kernel: kernels.name,
  });
  const updates = train({
    ...{ environment, agent, random: random.split("train") },
    ...{ steps: Number.MAX_SAFE_INTEGER, stepsPerUpdate: STEPS },
  });
  return local(kernels.name, () => void updates.next());
}
