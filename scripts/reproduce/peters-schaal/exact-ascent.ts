import type { ScalarValues } from "../../../envs/index.ts";
import { fixed, klNormalised, lineSearch, type StepRule, type Trial } from "../../../src/index.ts";
import { relativeGapOf, trainingSystem, valuesAt } from "./systems.ts";

/** How an update is made from exact gradients over θ = (k, log σ). */
export interface ExactMethod {
  readonly id: "vanilla" | "natural-fixed" | "natural" | "trpo";
  readonly direction: "vanilla" | "natural";
  readonly rule: (size: number) => StepRule;
}

export const exactMethods: readonly ExactMethod[] = [
  { id: "vanilla", direction: "vanilla", rule: fixed },
  { id: "natural-fixed", direction: "natural", rule: fixed },
  { id: "natural", direction: "natural", rule: klNormalised },
  { id: "trpo", direction: "natural", rule: (kl) => lineSearch({ kl }) },
];

/** What became of a run. */
export interface AscentResult {
  readonly size: number;
  readonly outcome: "reached" | "diverged" | "budget";
  /** Updates until the relative gap was at most 1 %, or until the run ended. */
  readonly updates: number;
}

export const ascentSettings = { start: { k: -0.1, sigma: 0.9 }, target: 0.01, budget: 10_000 };

/** Ascends by exact gradients of the normalised return until the gap is 1 %, J = −∞, or the budget ends. */
export function ascend(method: ExactMethod, size: number): AscentResult {
  const rule = method.rule(size);
  let { k, sigma } = ascentSettings.start;
  for (let updates = 0; updates <= ascentSettings.budget; updates++) {
    const gap = relativeGapOf(k, sigma);
    if (gap <= ascentSettings.target) return { size, outcome: "reached", updates };
    if (!(gap < Infinity)) return { size, outcome: "diverged", updates };
    const values = valuesAt(trainingSystem, k, sigma);
    const proposal = propose(values, method.direction, sigma);
    const alpha = rule(proposal);
    if (!(alpha > 0)) return { size, outcome: "budget", updates };
    k += alpha * proposal.direction[0];
    sigma *= Math.exp(alpha * proposal.direction[1]);
  }
  return { size, outcome: "budget", updates: ascentSettings.budget };
}

/**
 * The exact proposal over (k, log σ): ∂/∂log σ = σ ∂/∂σ, natural components over σ, F = diag(E[s²]/σ², 2).
 *
 * A trial's gain is E_{s~d, a~π′}[A(s, a)] = −HΔk²E[s²] − 2EΔkE[s²] − H(σ′² − σ²), and its KL(old ‖ new)
 * = log(σ′/σ) + (σ² + Δk²E[s²])/(2σ′²) − ½ nats.
 */
function propose(
  { gradient, naturalGradient, fisher, second, H, E }: ScalarValues,
  kind: "vanilla" | "natural",
  sigma: number,
): {
  readonly direction: readonly [number, number];
  readonly slope: number;
  readonly curvature: number;
  readonly dampedCurvature: number;
  readonly trial: (alpha: number) => Trial;
} {
  const g = [gradient[0], gradient[1] * sigma] as const;
  const w = kind === "vanilla" ? g : ([naturalGradient[0], naturalGradient[1] / sigma] as const);
  const curvature = fisher[0] * w[0] ** 2 + 2 * w[1] ** 2;
  return {
    direction: w,
    slope: g[0] * w[0] + g[1] * w[1],
    curvature,
    dampedCurvature: curvature, // λ = 0
    trial: (alpha) => {
      const change = alpha * w[0];
      const logRatio = alpha * w[1];
      const moved = sigma * Math.exp(logRatio);
      const spread = change * change * second;
      return {
        gain: -H * spread - 2 * E * change * second - H * (moved * moved - sigma * sigma),
        kl: logRatio + (sigma * sigma + spread) / (2 * moved * moved) - 0.5,
      };
    },
  };
}
