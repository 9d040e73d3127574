import { cartpole, lqr } from "../../envs/index.ts";
import { createCollector, createRandom, type Environment, policyFor } from "../../src/index.ts";
import type { BenchGroup } from "./bench.ts";
import { loops } from "./elsewhere.ts";
import { type Contestant, local } from "./interleave.ts";

const STEPS = 20_000;

/** Steps of cart-pole in one environment: bare, and recorded under a linear policy. */
export function cartpoleGroup(): BenchGroup {
  return {
    title: "Cart-pole, one environment in a loop, steps per second",
    show: "rate",
    columns: ["float64"],
    base: "float64",
    rows: [
      {
        what: "random actions",
        units: STEPS,
        make: () => [local("float64", randomActions())],
        peer: { what: "random" },
        target: { default: 150 },
        elsewhere: loops.random,
      },
      {
        what: "linear policy, recorded into a batch",
        units: STEPS,
        make: () => [recorded("float64", cartpole(), 1)],
        peer: { what: "linear" },
        target: { default: 90 },
        elsewhere: loops.linear,
      },
    ],
  };
}

function randomActions(): () => void {
  const environment = cartpole();
  const random = createRandom(1);
  const state = new Float64Array(environment.stateSize);
  const action = new Float64Array(1);
  environment.reset(state, random);
  let length = 0;
  return () => {
    for (let t = 0; t < STEPS; t++) {
      action[0] = random.uniform(0, 2) | 0;
      environment.step(state, action, random);
      if (!environment.isTerminal(state) && ++length < environment.horizon) continue;
      environment.reset(state, random);
      length = 0;
    }
  };
}

/** Steps of the scalar LQR, by copies of the environment. */
export function lqrGroup(): BenchGroup {
  const copies = [1, 10, 100];
  const name = (count: number): string => `${count} side by side`;
  return {
    title: "The scalar LQR, steps per second: alone with a fixed gain, and recorded",
    show: "rate",
    columns: ["fixed gain", ...copies.map(name)],
    base: "fixed gain",
    rows: [
      {
        what: "linear-Gaussian policy",
        units: STEPS,
        make: () => [
          local("fixed gain", fixedGain()),
          ...copies.map((count) => recorded(name(count), lqr(), count)),
        ],
      },
    ],
  };
}

function fixedGain(): () => void {
  const environment = lqr();
  const random = createRandom(1);
  const state = new Float64Array(1);
  const action = new Float64Array(1);
  environment.reset(state, random);
  return () => {
    for (let t = 0; t < STEPS; t++) {
      action[0] = -0.6 * state[0] + 0.1 * random.normal();
      environment.step(state, action, random);
    }
  };
}

/** Batches under a linear policy that is not quite at its start. */
function recorded(name: string, environment: Environment, environments: number): Contestant {
  const random = createRandom(1);
  const policy = policyFor(environment, random.split("policy"));
  const start = random.split("start");
  for (let i = 0; i < policy.theta.length; i++) policy.theta[i] += 0.1 * start.normal();
  const stepsPerEnvironment = STEPS / environments;
  const options = { environment, policy, random, environments, stepsPerEnvironment };
  const collector = createCollector(options);
  return local(name, () => void collector.collect());
}
