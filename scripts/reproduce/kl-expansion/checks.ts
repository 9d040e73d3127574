import { constant, diagonalGaussian } from "../../../src/index.ts";
import { type Check, decided } from "../comparison.ts";
import { fisherOf, form, klOf } from "../pointwise.ts";
import type { Comparison } from "../reproduction.ts";
import { distances, type Expansion } from "./expansion.ts";
import type { PairDivergence } from "./pairs.ts";

/** The KL of the pairs against d²/(2σ²). */
export function pairChecks(divergences: readonly PairDivergence[]): Check[] {
  return divergences.map(({ pair, reading, kl, derived }) => ({
    quantity: `KL of ${pair.name}, ${reading}s`,
    ...{ derived, ours: kl, tolerance: 1e-14 * derived },
  }));
}

/** What the report says of the pairs; it does not say which of the two its second number is. */
export function pairClaim(divergences: readonly PairDivergence[]): Comparison {
  const [wide, narrow, wideVariance, narrowVariance] = divergences.map(({ kl }) => kl);
  const answer = (first: number, second: number): string => (first < second ? "first" : "second");
  return {
    quantity: "which pair is closer",
    published: "first",
    derived: "first as standard deviations, second as variances",
    ours: `${answer(wide, narrow)} as standard deviations, ${answer(wideVariance, narrowVariance)} as variances`,
    verdict: "qualitative",
    note: "the report does not say which its second number is; its figure was drawn with standard deviations",
  };
}

/**
 * Orders and coefficients of the first term that the expansion leaves out. The next one is about 10⁻²
 * of it at the largest distance of the fit and 10⁻³ where the coefficient is read off.
 */
export function expansionChecks(expansions: readonly Expansion[]): Check[] {
  return expansions.flatMap(({ name, leading, results }) =>
    results.flatMap(({ direction, slope, coefficient }): Check[] => {
      const derived = leading[direction];
      return [
        {
          quantity: `order of the error, ${name}, ${direction}`,
          ...{ derived: derived.order, ours: slope, tolerance: 0.01 },
        },
        {
          quantity: `its coefficient, ${name}, ${direction}`,
          ...{ derived: derived.coefficient, ours: coefficient },
          tolerance: 0.01 * Math.abs(derived.coefficient),
        },
      ];
    }),
  );
}

/** The worst of them, relative to the derived numbers, for the report; its table has all. */
export function expansionSummary(expansions: readonly Expansion[]): Check[] {
  const checks = expansionChecks(expansions);
  const worst = (name: string): number =>
    Math.max(
      ...checks
        .filter(({ quantity }) => quantity.startsWith(name))
        .map(({ derived, ours }) => Math.abs(ours / derived - 1)),
    );
  const count = checks.length / 2;
  return [
    {
      quantity: `order of the error, largest relative difference over ${count} cases`,
      ...{ derived: 0, ours: worst("order"), tolerance: 0.01 / 3 },
    },
    {
      quantity: "its coefficient, the same",
      ...{ derived: 0, ours: worst("its coefficient"), tolerance: 0.01 },
    },
  ];
}

/** Along μ the KL of Gaussians is ½δᵀFδ itself; the largest relative error over all distances. */
export function meanCheck(): Check {
  const gaussian = diagonalGaussian(1);
  const theta = [0.3, -0.7];
  const fisher = fisherOf(constant(theta), gaussian, theta);
  const errors = distances.map((t) => {
    const kl = klOf(gaussian, theta, [theta[0] + t, theta[1]]);
    return Math.abs(kl / (0.5 * form(fisher, [t, 0])) - 1);
  });
  return {
    quantity: "relative error, Gaussian, δ along μ",
    // θ₁ + t is rounded to 1.1·10⁻¹⁶ of it: 4·10⁻¹³ of the smallest t², and F to a few units of 10⁻¹⁶.
    ...{ derived: 0, ours: Math.max(...errors), tolerance: 1e-12 },
  };
}

export function comparisonsOf(
  divergences: readonly PairDivergence[],
  expansions: readonly Expansion[],
): Comparison[] {
  return [
    pairClaim(divergences),
    ...pairChecks(divergences).map(decided),
    ...expansionSummary(expansions).map(decided),
    decided(meanCheck()),
  ];
}
