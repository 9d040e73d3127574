import { lqr } from "../../envs/index.ts";
import { createCollector, createRandom, policyFor } from "../../src/index.ts";
import type { BenchGroup } from "./measure.ts";

const STEPS = 20_000;

/** Environment steps of the scalar LQR per second, by copies of the environment. */
export function rolloutCases(): BenchGroup {
  const bare = (): void => {
    const environment = lqr();
    const random = createRandom(1);
    const state = new Float64Array(1);
    const action = new Float64Array(1);
    environment.reset(state, random);
    for (let t = 0; t < STEPS; t++) {
      action[0] = -0.6 * state[0] + 0.1 * random.normal();
      environment.step(state, action, random);
    }
  };
  const collecting = [1, 10, 100].map((environments) => {
    const environment = lqr();
    const random = createRandom(1);
    const policy = policyFor(environment, random.split("policy"));
    const stepsPerEnvironment = STEPS / environments;
    const options = { environment, policy, random, environments, stepsPerEnvironment };
    const collector = createCollector(options);
    const copies =
      environments === 1 ? "1 environment" : `${environments} environments side by side`;
    const work = (): void => void collector.collect();
    return { name: `recorded, linear-Gaussian policy, ${copies}`, units: STEPS, work };
  });
  return {
    title: "Roll-outs of the scalar LQR, environment steps per second",
    cases: [{ name: "the environment alone, fixed gain", units: STEPS, work: bare }, ...collecting],
    show: (seconds, units) => `${(units / seconds / 1e6).toFixed(2)} M/s`,
  };
}
