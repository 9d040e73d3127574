import {
  type ActionValue,
  type AdvantageEstimator,
  allAction,
  type Batch,
  type DirectionSource,
  enac,
  enacTimeVariant,
  finiteDifferences,
  gae,
  gpomdp,
  type GradientEstimator,
  learntActionValue,
  leaveOneOutBaseline,
  lstdQ,
  noBaseline,
  policyGradientTheorem,
  type Policy,
  quadraticFeatures,
  reinforce,
  rewardsToGo,
  ridge,
  type Environment,
  type Surrogate,
  type Vector,
  zero,
} from "../../src/index.ts";

/** What estimators are compared on. */
export interface Problem {
  readonly environment: Environment;
  readonly policy: Policy;
  readonly discount: number;
  /** The exact Q, where it is known. */
  readonly actionValue?: ActionValue;
}

/** g ← an estimate from a batch that the surrogate is at, over discounted states. */
export type Estimate = (batch: Batch, surrogate: Surrogate, g: Vector) => void;

/** What an estimator gives: ĝ, from which w follows with the F̂ of the batch, or w, from which ĝ = F̂ w. */
export type Estimation = { readonly gradient: Estimate } | { readonly direction: DirectionSource };

/** An estimator as a comparison knows it. */
export interface Estimator {
  /** Its name on the command line. */
  readonly key: string;
  readonly label: string;
  /** Whether its batches are played under perturbed θ. */
  readonly perturbed?: boolean;
  /** One for a batch, without memory; undefined where it cannot be used, for the reason in `needs`. */
  readonly make: (problem: Problem) => Estimation | undefined;
  readonly needs?: string;
}

/** λ of the advantages of `critic-gae`. */
const LAMBDA = 0.95;

/** Every estimator, from the plainest; those of the natural gradient last. */
export const estimators: readonly Estimator[] = [
  {
    key: "reinforce-plain",
    label: "REINFORCE without baseline",
    make: ({ discount }) => alone(reinforce({ discount, baseline: noBaseline })),
  },
  {
    key: "reinforce",
    label: "REINFORCE, optimal baseline",
    make: ({ discount }) => alone(reinforce({ discount })),
  },
  {
    key: "reinforce-others",
    label: "REINFORCE, baseline of the others",
    make: ({ discount }) => alone(reinforce({ discount, baseline: leaveOneOutBaseline })),
  },
  {
    key: "gpomdp-plain",
    label: "G(PO)MDP without baseline",
    make: ({ discount }) => alone(gpomdp({ discount, baseline: noBaseline })),
  },
  {
    key: "gpomdp",
    label: "G(PO)MDP, optimal baseline",
    make: ({ discount }) => alone(gpomdp({ discount })),
  },
  {
    key: "gpomdp-others",
    label: "G(PO)MDP, baseline of the others",
    make: ({ discount }) => alone(gpomdp({ discount, baseline: leaveOneOutBaseline })),
  },
  {
    key: "critic",
    label: "theorem, learnt V",
    make: ({ discount }) => withCritic(discount, rewardsToGo({ discount })),
  },
  {
    key: "critic-gae",
    label: `theorem, GAE ${LAMBDA}`,
    make: ({ discount }) => withCritic(discount, gae({ discount, lambda: LAMBDA })),
  },
  {
    key: "all-action",
    label: "all-action, learnt Q",
    make: ({ environment, discount }) => withLearntQ(environment, discount),
  },
  {
    key: "all-action-exact",
    label: "all-action, exact Q",
    make: ({ actionValue }) => actionValue && alone(allAction({ actionValue })),
    needs: "an environment whose exact Q is known",
  },
  {
    key: "finite-differences",
    label: "finite differences",
    perturbed: true,
    make: ({ discount }) => alone(finiteDifferences({ discount })),
  },
  {
    key: "enac",
    label: "eNAC",
    make: ({ discount }) => ({ direction: enac({ discount }) }),
  },
  {
    key: "enac-time-variant",
    label: "eNAC, time-variant baseline",
    make: ({ discount }) => ({ direction: enacTimeVariant({ discount }) }),
  },
  {
    key: "lstd-q",
    label: "NAC by LSTD-Q(1)",
    make: ({ discount }) => ({ direction: lstdQ({ discount, features: quadraticFeatures() }) }),
  },
];

/** An estimator that needs no advantages, or has Q of its own. */
function alone(estimator: GradientEstimator): Estimation {
  return { gradient: (batch, surrogate, g) => estimator.estimate(batch, surrogate, g) };
}

/** The policy-gradient theorem with V fitted to the returns of the batch itself. */
function withCritic(discount: number, advantage: AdvantageEstimator): Estimation {
  const returnsOf = rewardsToGo({ discount });
  const gradient: Estimate = (batch, surrogate, g) => {
    const baseline = ridge();
    const returns = new Float64Array(batch.rewards.length);
    returnsOf.estimate(batch, zero(), surrogate.advantages, returns);
    baseline.fit(batch.observations, returns);
    advantage.estimate(batch, baseline, surrogate.advantages, returns);
    policyGradientTheorem().estimate(batch, surrogate, g);
  };
  return { gradient };
}

/** All actions with Q fitted to the returns of the batch itself. */
function withLearntQ({ actionSpace }: Environment, discount: number): Estimation {
  const returnsOf = rewardsToGo({ discount });
  const gradient: Estimate = (batch, surrogate, g) => {
    const returns = new Float64Array(batch.rewards.length);
    returnsOf.estimate(batch, zero(), surrogate.advantages, returns);
    const actionValue = learntActionValue(actionSpace);
    allAction({ actionValue }).estimate(batch, surrogate, g);
  };
  return { gradient };
}
