import {
  type Agent,
  type Collector,
  createEpisodeCollector,
  createPerturbedCollector,
  createPolicy,
  createRandom,
  direct,
  enac,
  enacTimeVariant,
  type Environment,
  finiteDifferences,
  fixed,
  gpomdp,
  type GradientEstimator,
  identityFisher,
  linear,
  locationGaussian,
  naturalGradient,
  type Policy,
  type Random,
  reinforce,
  rewardsToGo,
  solved,
  train,
  zero,
} from "../../../src/index.ts";
import { exactMovement } from "./exact.ts";
import {
  DT,
  GOAL,
  type MovementPlan,
  PIECES,
  primitivePlan,
  splinePlan,
  STEPS,
} from "./movement.ts";
import { minimumCommand, movement, viaPoint } from "./task.ts";

/** Standard deviation of the exploration on the acceleration, rad/s². */
export const SIGMA = 0.4;

/** The panels of the published figure. */
export const panels = {
  "command-splines": { plan: splinePlan, task: minimumCommand },
  "command-primitives": { plan: primitivePlan, task: minimumCommand },
  "via-splines": { plan: splinePlan, task: viaPoint },
  "via-primitives": { plan: primitivePlan, task: viaPoint },
} as const;
export type PanelName = keyof typeof panels;

export const methods = ["fd", "reinforce", "gpomdp", "enac", "enac-time"] as const;
export type Method = (typeof methods)[number];

/** Roll-outs of an update. Regressions need more; the time-variant baseline has an unknown for each step. */
export const batchOf: Readonly<Record<Method, number>> = {
  fd: 22,
  reinforce: 22,
  gpomdp: 22,
  enac: 50,
  "enac-time": 5 * STEPS,
};

/** One run, as plain data for a worker. */
export interface MotorTask {
  readonly panel: PanelName;
  readonly method: Method;
  /** α. */
  readonly stepSize: number;
  readonly seed: number;
  /** The most roll-outs. */
  readonly rollouts: number;
}

export interface MotorResult {
  readonly task: MotorTask;
  /** Exact J after 0, 1, … updates; −∞ ends a run that diverged. */
  readonly returns: Float64Array;
}

/** When the splines of the start reach the goal, of the movement: a tenth late. */
const LATE = 0.55;

/** Where learning starts: splines on the third-order polynomial that comes late, primitives unforced. */
export function startOf(name: PanelName): Float64Array {
  const { plan } = panels[name];
  const theta = new Float64Array(plan().parameterCount);
  if (plan !== splinePlan) return theta;
  for (let k = 1; k <= theta.length / 2; k++) {
    const s = Math.min(1, k / PIECES / LATE);
    theta[2 * k - 2] = GOAL * s * s * (3 - 2 * s);
    theta[2 * k - 1] = (GOAL * 6 * s * (1 - s)) / (LATE * STEPS * DT);
  }
  return theta;
}

/** A return so far below the start's is the end of a run. */
const DIVERGED = 1e3;

export function run(task: MotorTask): MotorResult {
  const { plan: makePlan, task: goal } = panels[task.panel];
  const plan = makePlan();
  const environment = movement(plan, goal);
  const random = createRandom(`motor-primitives/${task.seed}`);
  const policy = policyOf(plan, task.panel, random);
  const { returnAt } = exactMovement(plan, goal, SIGMA);
  const count = batchOf[task.method];
  const updates = Math.floor(task.rollouts / count);
  const records = train({
    ...{ environment, agent: agentOf(task, policy), random },
    collector: collectorOf(task.method, { environment, policy, random: random.split("rollouts") }),
    steps: updates * count * STEPS,
    stepsPerUpdate: count * STEPS,
  });
  const returns = [returnAt(policy.theta)];
  const least = DIVERGED * returns[0];
  while (returns.length <= updates && !records.next().done) {
    const value = returnAt(policy.theta);
    returns.push(value > least ? value : -Infinity);
    if (!(value > least)) break;
  }
  return { task, returns: Float64Array.from(returns) };
}

function policyOf(plan: MovementPlan, panel: PanelName, random: Random): Policy {
  const network = linear(plan.parameterCount, 1, { bias: false });
  const policy = createPolicy(network, locationGaussian([SIGMA]), random);
  policy.theta.set(startOf(panel));
  return policy;
}

/** Standard deviation of the perturbations of finite differences, in the units of θ. */
const PERTURBATION = 0.01;

interface Setting {
  readonly environment: Environment;
  readonly policy: Policy;
  readonly random: Random;
}

function collectorOf(method: Method, setting: Setting): Collector {
  if (method !== "fd") return createEpisodeCollector({ ...setting, episodes: batchOf[method] });
  const pairs = batchOf.fd / 2;
  return createPerturbedCollector({
    ...{ ...setting, pairs, scale: PERTURBATION, fixedScenarios: true },
  });
}

/** J is of whole movements: γ = 1, and no critic. */
function agentOf({ method, stepSize }: MotorTask, policy: Policy): Agent {
  const parts = {
    policy,
    baseline: zero(),
    advantage: rewardsToGo({ discount: 1 }),
    damping: 0,
    step: fixed(stepSize),
  };
  const discount = 1;
  if (method === "enac") return naturalGradient({ ...parts, direction: enac({ discount }) });
  if (method === "enac-time") {
    return naturalGradient({ ...parts, direction: enacTimeVariant({ discount }) });
  }
  const gradients: Readonly<Record<typeof method, () => GradientEstimator>> = {
    fd: () => finiteDifferences({ discount }),
    reinforce: () => reinforce({ discount }),
    gpomdp: () => gpomdp({ discount }),
  };
  const direction = solved(identityFisher(), direct());
  return naturalGradient({ ...parts, gradient: gradients[method](), direction });
}
