import { type Check, decided } from "../comparison.ts";
import type { Comparison } from "../reproduction.ts";
import {
  checkpoints,
  type Efficiency,
  estimate,
  expectedRatio,
  runningMean,
  tossesOf,
} from "./online.ts";
import { descend, dualOf, largestDifference, mirror, type Steps } from "./paths.ts";
import type { Coordinates, Problem } from "./problems.ts";
import { problems } from "./problems.ts";

/** Steps of each problem. */
export const steps: Readonly<Record<Problem["id"], Steps>> = {
  gaussian: { stepSize: 0.02, updates: 600 },
  categorical: { stepSize: 0.1, updates: 80 },
};

export const coordinateNames: Readonly<Record<Coordinates, string>> = {
  natural: "θ",
  expectation: "m",
};

/** The theorem for both problems and both potentials: two programs, one path. */
export function pathChecks(): Check[] {
  return problems.flatMap((problem) =>
    (["natural", "expectation"] as const).map((coordinates): Check => {
      const dual = dualOf(coordinates);
      const ours = descend(problem, { coordinates: dual, method: "natural" }, steps[problem.id]);
      const theirs = mirror(problem, coordinates, steps[problem.id]);
      return {
        quantity: `${problem.id}: mirror descent over ${coordinateNames[coordinates]} against natural gradient over ${coordinateNames[dual]}, largest relative difference`,
        published: "equivalent",
        ...{ derived: 0, ours: largestDifference(theirs, ours) },
        // A step errs by a few units of 10⁻¹⁶ times the condition of F, below 10³ here; hundreds of steps.
        tolerance: 1e-10,
      };
    }),
  );
}

/** Natural gradient over the logits against pₖ ∝ p₀ exp(−kαc): exponentiated gradient. */
export function exponentiatedCheck(): Check {
  const [, bandit] = problems;
  const { stepSize, updates } = steps.categorical;
  const path = descend(
    bandit,
    { coordinates: "natural", method: "natural" },
    { stepSize, updates },
  );
  const start = [...bandit.start, 1 - bandit.start[0] - bandit.start[1]];
  const differences = path.flatMap(({ expectation }, k) => {
    const powers = start.map((p, arm) => p * Math.exp(-k * stepSize * bandit.cost(arm)));
    const total = powers.reduce((sum, power) => sum + power, 0);
    return expectation.map((p, arm) => Math.abs(p - powers[arm] / total));
  });
  return {
    quantity: "categorical: natural gradient over θ against pₖ ∝ p₀ exp(−kαc), largest difference",
    ...{ derived: 0, ours: Math.max(...differences), tolerance: 1e-12 },
  };
}

/** Natural steps of 1/(t + t₀) in m are the running mean. */
export function runningMeanCheck(): Check {
  const tosses = tossesOf(0);
  const mean = runningMean(tosses);
  const differences = estimate("mirror", tosses).map((m, t) => Math.abs(m - mean[t]));
  return {
    quantity: "coin: natural steps of 1/(t + t₀) against the running mean, largest difference",
    ...{ derived: 0, ours: Math.max(...differences), tolerance: 1e-12 },
  };
}

/** Error of the mirror estimate over the Cramér-Rao bound at the end. */
export function efficiencyChecks(all: readonly Efficiency[]): Check[] {
  const last = checkpoints.length - 1;
  return all
    .filter(({ kind }) => kind === "mirror")
    .map(({ ratios, standardErrors }) => ({
      quantity: `coin: mean squared error over the Cramér-Rao bound after ${checkpoints[last]} tosses`,
      ...{ published: "tends to 1", derived: expectedRatio(checkpoints[last]), ours: ratios[last] },
      tolerance: 5 * standardErrors[last],
      note: `standard error ${standardErrors[last].toFixed(2)}`,
    }));
}

/** The same for the vanilla gradient; the paper gives no number. */
export function vanillaComparison(all: readonly Efficiency[]): Comparison {
  const last = checkpoints.length - 1;
  const of = (kind: Efficiency["kind"]): string =>
    all.find((one) => one.kind === kind)?.ratios[last].toPrecision(3) ?? "–";
  return {
    quantity: "the same for gradient descent in θ, with steps of 1/(t + t₀) and with tuned ones",
    ours: `${of("vanilla")} and ${of("tuned")}`,
    verdict: "qualitative",
    note: "tuned: longer by 1/(p(1 − p)), the inverse Fisher matrix at the answer",
  };
}

export function comparisonsOf(efficiencies: readonly Efficiency[]): Comparison[] {
  const checks = [
    ...pathChecks(),
    exponentiatedCheck(),
    runningMeanCheck(),
    ...efficiencyChecks(efficiencies),
  ];
  return [...checks.map(decided), vanillaComparison(efficiencies)];
}
