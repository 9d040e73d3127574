import type { Rows } from "../math/rows.ts";

/** σ of a policy over a batch. */
export interface PolicySpread {
  /** Over all steps and components. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** The mean of each component, where there are two to four. */
  readonly component?: readonly number[];
}

/** The most components that are told one by one. */
const FEW = 4;

/** The mean and the range of σ, a row a step and a column a component. */
export function spreadOf({ count, width, data }: Rows): PolicySpread {
  const component = new Array<number>(width).fill(0);
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < data.length; i++) {
    component[i % width] += data[i];
    low = Math.min(low, data[i]);
    high = Math.max(high, data[i]);
  }
  for (let k = 0; k < width; k++) component[k] /= count;
  const mean = component.reduce((sum, each) => sum + each, 0) / width;
  return { mean, low, high, ...(width > 1 && width <= FEW && { component }) };
}
