import type { Baseline } from "../baseline/baseline.ts";
import { ridge } from "../baseline/ridge.ts";
import { actionSize, type ActionSpace } from "../environment/environment.ts";
import { createRows, type Rows } from "../math/rows.ts";
import type { ActionValue } from "./action-value.ts";

/**
 * Q(o, a) as a regression on (o, a), by what would otherwise be a baseline of o; a choice is seen as
 * a unit vector. The default, all monomials up to degree 2, can be exact on a linear-quadratic
 * regulator.
 */
export function learntActionValue(
  actionSpace: ActionSpace,
  regression: Baseline = ridge(),
): ActionValue {
  const choices = actionSpace.kind === "discrete" ? actionSpace.count : undefined;
  const width = choices ?? actionSize(actionSpace);
  let joined = createRows(0, 0);

  const join = (observations: Rows, actions: Rows): Rows => {
    const { count, width: n } = observations;
    if (joined.count !== count || joined.width !== n + width) joined = createRows(count, n + width);
    for (let i = 0; i < count; i++) {
      const start = i * (n + width);
      for (let k = 0; k < n; k++) joined.data[start + k] = observations.data[i * n + k];
      for (let k = 0; k < width; k++) {
        joined.data[start + n + k] =
          choices === undefined ? actions.data[i * width + k] : Number(actions.data[i] === k);
      }
    }
    return joined;
  };

  return {
    ...(regression.state && { state: regression.state }),
    predict: (observations, actions, out) => regression.predict(join(observations, actions), out),
    fit: (observations, actions, values) => regression.fit(join(observations, actions), values),
  };
}
