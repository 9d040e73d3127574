import { estimators } from "../../estimators/estimators.ts";
import { sampleEstimates } from "../../estimators/sample.ts";
import { type Arrow, directionOver, gradientOver, grid, problemAt, setting } from "./setting.ts";

/** One set of trajectories at each policy of the grid. */
export interface FieldTask {
  readonly seed: number;
}

/** The estimates of one estimator over the grid, in its order. */
export interface EstimatedField {
  readonly key: string;
  readonly vanilla: readonly Arrow[];
  readonly natural: readonly Arrow[];
}

/** All estimators on the same six trajectories at each policy. */
export function run({ seed }: FieldTask): EstimatedField[] {
  const atPoints = grid.map((point, i) => {
    const { episodes: rollouts, scale } = setting;
    const sampling = { seed: `${seed}/${i}`, rollouts, scale, from: 0, to: 1 };
    return sampleEstimates(problemAt(point), estimators, sampling);
  });
  return estimators.map(({ key }) => {
    const samples = atPoints.map((all) => {
      const own = all.find((one) => one.key === key);
      if (own === undefined) throw new Error(`${key} cannot be used on six trajectories`);
      return own;
    });
    return {
      key,
      vanilla: samples.map(({ gradients: [g] }, i) => gradientOver(g, grid[i])),
      natural: samples.map(({ directions: [w] }, i) => directionOver(w, grid[i])),
    };
  });
}
