import { lqrActionValue } from "../../envs/index.ts";
import {
  allAction,
  createPerturbedCollector,
  finiteDifferences,
  gpomdp,
  learntActionValue,
  leaveOneOutBaseline,
  noBaseline,
  policyGradientTheorem,
  reinforce,
} from "../../src/index.ts";
import { plane } from "../support/lqr.ts";
import {
  describeGradientEstimator,
  describeLinearEstimator,
  type GradientEstimatorRow,
} from "./gradient-estimator.ts";

const likelihoodRatio: Record<string, GradientEstimatorRow> = {
  policyGradientTheorem: { make: () => policyGradientTheorem(), unbiased: true },
  "reinforce without a baseline": {
    make: (_, discount) => reinforce({ discount, baseline: noBaseline }),
    unbiased: true,
  },
  "reinforce with a baseline of the other episodes": {
    make: (_, discount) => reinforce({ discount, baseline: leaveOneOutBaseline }),
    unbiased: true,
  },
  "reinforce as published": { make: (_, discount) => reinforce({ discount }), unbiased: false },
  "gpomdp without a baseline": {
    make: (_, discount) => gpomdp({ discount, baseline: noBaseline }),
    unbiased: true,
  },
  "gpomdp with a baseline of the other episodes": {
    make: (_, discount) => gpomdp({ discount, baseline: leaveOneOutBaseline }),
    unbiased: true,
  },
  "gpomdp as published": { make: (_, discount) => gpomdp({ discount }), unbiased: false },
};

for (const [name, row] of Object.entries(likelihoodRatio)) {
  describeGradientEstimator(name, row);
  describeLinearEstimator(name, row);
}
// Q is that of returns without end: 0.6¹² of it lies beyond the horizon of the suite.
describeGradientEstimator("allAction with the exact Q", {
  make: (policy, discount) => allAction({ actionValue: lqrActionValue(plane, policy, discount) }),
  unbiased: true,
});
describeGradientEstimator("allAction with a learnt Q", {
  make: ({ distribution: { actionSize } }) => {
    const unbounded = new Array<number>(actionSize).fill(Infinity);
    const actionSpace = { kind: "box", low: unbounded, high: unbounded } as const;
    return allAction({ actionValue: learntActionValue(actionSpace) });
  },
  unbiased: false,
});
describeGradientEstimator("finiteDifferences", {
  make: (_, discount) => finiteDifferences({ discount }),
  collect: (environment, policy, random, pairs) =>
    createPerturbedCollector({ environment, policy, random, pairs, scale: 1e-3 }),
  unbiased: true,
});
