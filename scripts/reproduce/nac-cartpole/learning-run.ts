import {
  type Agent,
  type Collector,
  createCollector,
  createEpisodeCollector,
  createRandom,
  direct,
  type DirectionSource,
  discountedStates,
  enac,
  type Environment,
  fixed,
  gae,
  type GroundTruth,
  identityFisher,
  lstdQ,
  naturalGradient,
  type Policy,
  quadraticFeatures,
  rewardsToGo,
  ridge,
  solved,
  zero,
} from "../../../src/index.ts";
import { createCourse } from "./course.ts";
import { DAMPING, directionOf } from "./exact-ascent.ts";
import type { RunResult, RunTask, SampledMethod } from "./run.ts";
import { environmentWith, GAMMA, policyAt, RATE, startOf } from "./system.ts";

/** Where the source leaves the experiment open: lengths in s, ε in degrees. */
export const protocol = {
  nac: { check: 5, rollout: 10, lambda: 1, forgetting: 0, angle: 1 },
  /** Every number of the state where roll-outs start, if from one start. */
  "enac-one-start": { rollouts: 10, rollout: 10, start: 0.1 },
  "enac-starts": { rollouts: 10, rollout: 10 },
  "enac-values": { rollouts: 30, rollout: 0.5 },
  "vanilla-sampled": { check: 30, rollout: 5 },
} as const;

/** Learns from a random initial policy. */
export function learn(task: RunTask, method: SampledMethod): RunResult {
  const policy = policyAt(startOf(task.seed));
  const agent = agentOf(method, task.stepSize, policy);
  const collector = collectorOf(method, task, policy);
  const course = createCourse(task, policy);
  const angles: number[] = [];
  const most = task.limits.minutes * 60 * RATE;
  for (let steps = 0; steps < most && course.goesOn();) {
    const batch = collector.collect();
    steps += batch.rewards.length;
    const { stepSize, direction } = agent.update(batch);
    const moved = stepSize > 0;
    if (moved) angles.push(angleTo(course.truth(), direction));
    course.look(steps / (60 * RATE), moved);
  }
  return course.result(angles);
}

/** Between w and the exact natural gradient, by the inner product uᵀFv. */
function angleTo(truth: GroundTruth, w: Float64Array): number {
  const exact = directionOf("natural", truth);
  const { fisher = [] } = truth;
  const inner = (u: Float64Array, v: Float64Array): number =>
    fisher.reduce((sum, row, i) => sum + u[i] * row.reduce((dot, f, j) => dot + f * v[j], 0), 0);
  const cosine = inner(w, exact) / Math.sqrt(inner(w, w) * inner(exact, exact));
  return (180 / Math.PI) * Math.acos(Math.min(1, cosine));
}

function collectorOf(method: SampledMethod, { noise, seed }: RunTask, policy: Policy): Collector {
  const { rollout } = protocol[method];
  const environment = environmentWith(noise, rollout * RATE);
  const random = createRandom(`nac-cartpole/run/${seed}`);
  if (method === "nac" || method === "vanilla-sampled") {
    const stepsPerEnvironment = protocol[method].check * RATE;
    return createCollector({ environment, policy, random, environments: 1, stepsPerEnvironment });
  }
  const episodes = protocol[method].rollouts;
  const start = method === "enac-one-start" ? protocol[method].start : undefined;
  return createEpisodeCollector({
    ...{ environment: startingAt(start, environment), policy, random, episodes },
  });
}

/** The same with every number of the state at `start` in the beginning, if that is given. */
function startingAt(start: number | undefined, environment: Environment): Environment {
  if (start === undefined) return environment;
  return { ...environment, reset: (state) => void state.fill(start) };
}

function agentOf(method: SampledMethod, stepSize: number, policy: Policy): Agent {
  const discount = GAMMA;
  const common = { policy, damping: DAMPING, step: fixed(stepSize) };
  if (method === "vanilla-sampled") {
    return naturalGradient({
      ...{ ...common, baseline: ridge(), advantage: gae({ discount, lambda: 1 }) },
      weighting: discountedStates(discount),
      direction: solved(identityFisher(), direct()),
    });
  }
  return naturalGradient({
    ...{ ...common, baseline: zero(), advantage: rewardsToGo({ discount }) },
    direction: regressionOf(method),
  });
}

function regressionOf(method: Exclude<SampledMethod, "vanilla-sampled">): DirectionSource {
  const discount = GAMMA;
  const features = quadraticFeatures();
  if (method === "enac-values") return enac({ discount, features });
  if (method !== "nac") return enac({ discount });
  const { lambda, forgetting, angle } = protocol.nac;
  return lstdQ({ discount, features, lambda, forgetting, angle: (angle * Math.PI) / 180 });
}
