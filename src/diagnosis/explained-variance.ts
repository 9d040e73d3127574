import { mean } from "../math/statistics.ts";
import type { Vector } from "../math/vector.ts";

/**
 * 1 − Var(R − V) / Var(R): the share of the variance of the returns that the baseline takes away. 1 is
 * perfect, 0 what V = 0 gives; below 0 the baseline adds variance. NaN where all R are equal.
 *
 * R are the returns that the baseline is fitted to. Those of GAE hold V themselves where λ < 1, so that
 * the share is then too favourable. As `explained_variance` of stable-baselines3, which uses the same R.
 */
export function explainedVariance(values: Vector, returns: Vector): number {
  const centre = mean(returns);
  let shift = 0;
  for (let i = 0; i < returns.length; i++) shift += returns[i] - values[i];
  shift /= returns.length;
  let [left, all] = [0, 0];
  for (let i = 0; i < returns.length; i++) {
    const whole = returns[i] - centre;
    const rest = returns[i] - values[i] - shift;
    all += whole * whole;
    left += rest * rest;
  }
  return all === 0 ? NaN : 1 - left / all;
}
