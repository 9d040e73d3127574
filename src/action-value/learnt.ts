import type { Baseline } from "../baseline/baseline.ts";
import { ridge } from "../baseline/ridge.ts";
import { actionSize, type ActionSpace, choiceCounts } from "../environment/environment.ts";
import { createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { ActionValue } from "./action-value.ts";

/**
 * Q(o, a) as a regression on (o, a), by what would otherwise be a baseline of o; a choice is seen as
 * a unit vector, several as one each. The default, all monomials up to degree 2, can be exact on a linear-quadratic
 * regulator.
 */
export function learntActionValue(
  actionSpace: ActionSpace,
  regression: Baseline = ridge(),
): ActionValue {
  const counts = choiceCounts(actionSpace);
  const width = counts.length === 0 ? actionSize(actionSpace) : total(counts);
  let joined = createRows(0, 0);

  const join = (observations: Rows, actions: Rows): Rows => {
    const { count, width: n } = observations;
    if (joined.count !== count || joined.width !== n + width) joined = createRows(count, n + width);
    for (let i = 0; i < count; i++) {
      const start = i * (n + width);
      for (let k = 0; k < n; k++) joined.data[start + k] = observations.data[i * n + k];
      writeAction(actions, i, counts, { data: joined.data, start: start + n });
    }
    return joined;
  };

  return {
    ...(regression.state && { state: regression.state }),
    predict: (observations, actions, out) => regression.predict(join(observations, actions), out),
    fit: (observations, actions, values) => regression.fit(join(observations, actions), values),
  };
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** data from `start` on ← action i, a unit vector for each choice where there are choices. */
function writeAction(
  actions: Rows,
  i: number,
  counts: readonly number[],
  { data, start }: { readonly data: Vector; readonly start: number },
): void {
  const first = i * actions.width;
  if (counts.length === 0) {
    for (let k = 0; k < actions.width; k++) data[start + k] = actions.data[first + k];
    return;
  }
  let at = start;
  for (let k = 0; k < counts.length; k++) {
    for (let c = 0; c < counts[k]; c++) data[at + c] = actions.data[first + k] === c ? 1 : 0;
    at += counts[k];
  }
}
