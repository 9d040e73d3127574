import { type System, valuesAt } from "./systems.ts";

/** The author's settings. */
export const runSettings = { start: { k: -0.1, sigma: 0.9 }, step: 0.025, stopBelow: 0.1 };

/** A deterministic run over (k, σ) by exact gradients. */
export interface LearningRun {
  readonly method: "vanilla" | "natural";
  /** Steps until σ < 0.1. */
  readonly steps: number;
  /** (k, σ) after 0, 1, … steps. */
  readonly path: readonly (readonly [k: number, sigma: number])[];
}

/** θ ← θ + 0.025·direction from (−0.1, 0.9) until σ < 0.1, over θ = (k, σ). */
export function learningRun(system: System, method: "vanilla" | "natural"): LearningRun {
  let { k, sigma } = runSettings.start;
  const path: [number, number][] = [[k, sigma]];
  while (sigma >= runSettings.stopBelow) {
    const values = valuesAt(system, k, sigma);
    const [dk, dsigma] = method === "vanilla" ? values.gradient : values.naturalGradient;
    k += runSettings.step * dk;
    sigma += runSettings.step * dsigma;
    path.push([k, sigma]);
  }
  return { method, steps: path.length - 1, path };
}
