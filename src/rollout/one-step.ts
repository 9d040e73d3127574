import type { Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { Batch } from "./batch.ts";

/**
 * Steps that are an episode each, ending there: decisions without consequences (a contextual bandit).
 * With every reward 1, a data set whose actions are labels; `rewardsToGo` of them is the reward.
 *
 * The rows are not copied. @throws RangeError unless there are as many observations as actions and rewards.
 */
export function oneStepBatch(
  observations: Rows,
  actions: Rows,
  rewards: Vector = new Float64Array(actions.count).fill(1),
): Batch {
  const { count } = observations;
  for (const [name, found] of Object.entries({
    actions: actions.count,
    rewards: rewards.length,
  })) {
    if (found === count) continue;
    throw new RangeError(
      `oneStepBatch: ${name} must be as many as the ${count} observations, got ${found}`,
    );
  }
  return {
    ...{ observations, actions, rewards },
    episodes: Array.from({ length: count }, (_, i) => ({
      ...{ start: i, end: i + 1, ending: "terminated", elapsed: 0 },
    })),
    lastObservations: observations,
    finished: Array.from(rewards, (reward) => ({ return: reward, length: 1 })),
  };
}
