import { actionSize, type Environment } from "../environment.ts";
import { finiteBoxOf, wrapped } from "./wrapper.ts";

/**
 * The same process with actions in units of its box: x in [−1, 1] is the action
 * a = low + (high − low)(x + 1)/2. What lies outside is mapped alike, and clipped inside.
 *
 * After Gymnasium's `RescaleAction`.
 *
 * @throws RangeError where the actions are no box, or one without finite bounds.
 */
export function actionRescaled(environment: Environment): Environment {
  const { low, high } = finiteBoxOf("actionRescaled", environment);
  const size = actionSize(environment.actionSpace);
  const inner = new Float64Array(size);
  return wrapped(environment, {
    actionSpace: {
      kind: "box",
      low: new Array<number>(size).fill(-1),
      high: new Array<number>(size).fill(1),
    },
    step: (state, x, random) => {
      for (let k = 0; k < size; k++) inner[k] = low[k] + ((high[k] - low[k]) * (x[k] + 1)) / 2;
      return environment.step(state, inner, random);
    },
  });
}
