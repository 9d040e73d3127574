import { lqr } from "../../envs/index.ts";
import {
  type Batch,
  cholesky,
  createCollector,
  createRandom,
  exactFisher,
  klNormalised,
  type LearningParts,
  type LinearOperator,
  type NaturalGradientParts,
  type Policy,
  rewardsToGo,
  type SolveReport,
  type Solver,
  zero,
} from "../../src/index.ts";
import { plane, planePolicy, policyOf } from "./lqr.ts";

/** A batch of the plane under the policy. */
export function batchFor(policy: Policy, steps = 120, seed = "batch"): Batch {
  return createCollector({
    environment: lqr({ ...plane, horizon: 15 }),
    policy,
    random: createRandom(seed),
    environments: 2,
    stepsPerEnvironment: steps / 2,
  }).collect();
}

/** All parts of a learner on the plane but where its directions come from. */
export function learningParts(): LearningParts {
  return {
    policy: policyOf(planePolicy, [0.1, -0.2]),
    baseline: zero(),
    advantage: rewardsToGo({ discount: 0.9 }),
    damping: 0.01,
    step: klNormalised(0.01),
  };
}

/** The parts of an exact natural gradient on the plane, some of them replaced. */
export function partsOf(
  replaced: Partial<NaturalGradientParts<LinearOperator>> = {},
): NaturalGradientParts<LinearOperator> {
  return {
    ...learningParts(),
    fisher: exactFisher(),
    solver: cholesky(),
    ...replaced,
  };
}

/** A solver that answers by script, and the damping of each call. */
export function scriptedSolver(
  answer: (call: number, b: Float64Array, x: Float64Array) => SolveReport["status"],
): Solver & { readonly dampings: number[] } {
  const dampings: number[] = [];
  return {
    dampings,
    solve: (_, damping, b, x) => {
      dampings.push(damping);
      const status = answer(dampings.length, b, x);
      return { status, iterations: 1, residual: 0.5 };
    },
  };
}

/** Another batch with one number replaced. */
export function spoil(
  batch: Batch,
  what: "observations" | "actions" | "rewards",
  value: number,
): Batch {
  if (what === "rewards") {
    const rewards = batch.rewards.slice();
    rewards[3] = value;
    return { ...batch, rewards };
  }
  const data = batch[what].data.slice();
  data[3] = value;
  return { ...batch, [what]: { ...batch[what], data } };
}
