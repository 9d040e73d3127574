import {
  type Batch,
  categorical,
  createPolicy,
  createRandom,
  linear,
  type Policy,
  rowsFrom,
} from "../../src/index.ts";

/**
 * A decision process small enough to sum over all its trajectories: two states, two actions, two
 * steps. Action a in state s pays r(s, a) and leads to state 1 with probability q(s, a); state 1 is
 * where an episode that `ends` is terminated.
 */
export const twoStep = {
  start: [0.3, 0.7],
  reward: [
    [1.5, -0.5],
    [0.25, 2],
  ],
  toOne: [
    [0.2, 0.9],
    [0.6, 0.1],
  ],
};

/** Softmax of a table: θ_{a,s} is the logit of action a in state s. */
export function tablePolicy(theta: readonly number[]): Policy {
  const policy = createPolicy(linear(2, 2, { bias: false }), categorical(2), createRandom(0));
  policy.theta.set(theta);
  return policy;
}

/** One way that an episode may go, and how probable it is. */
export interface Trajectory {
  readonly states: readonly number[];
  readonly actions: readonly number[];
  readonly rewards: readonly number[];
  readonly terminated: boolean;
  readonly probability: number;
}

/** π(a | s). */
export function probability(theta: ArrayLike<number>, s: number, a: number): number {
  return 1 / (1 + Math.exp(theta[2 * (1 - a) + s] - theta[2 * a + s]));
}

/** All trajectories; with `ends`, those that come to state 1 by a step end there. */
export function trajectories(theta: ArrayLike<number>, ends = false): Trajectory[] {
  const of = [0, 1];
  return of.flatMap((s) =>
    of.flatMap((a) =>
      of.flatMap((next): Trajectory[] => {
        const toNext = next === 1 ? twoStep.toOne[s][a] : 1 - twoStep.toOne[s][a];
        const first = twoStep.start[s] * probability(theta, s, a) * toNext;
        const rewards = [twoStep.reward[s][a]];
        if (ends && next === 1) {
          return [{ states: [s], actions: [a], rewards, terminated: true, probability: first }];
        }
        return of.map((b) => ({
          states: [s, next],
          actions: [a, b],
          rewards: [...rewards, twoStep.reward[next][b]],
          terminated: false,
          probability: first * probability(theta, next, b),
        }));
      }),
    ),
  );
}

/** The batch of these episodes; states are seen as unit vectors. */
export function batchOfTrajectories(played: readonly Trajectory[]): Batch {
  let start = 0;
  const episodes = played.map(({ states, terminated }) => {
    const episode = { start, end: start + states.length, elapsed: 0 } as const;
    start = episode.end;
    return { ...episode, ending: terminated ? ("terminated" as const) : ("truncated" as const) };
  });
  return {
    observations: rowsFrom(played.flatMap(({ states }) => states.map((s) => [s === 0 ? 1 : 0, s]))),
    actions: rowsFrom(played.flatMap(({ actions }) => actions.map((a) => [a]))),
    rewards: Float64Array.from(played.flatMap(({ rewards }) => rewards)),
    episodes,
    lastObservations: rowsFrom(played.map(() => [0, 0])),
    finished: played.map(({ rewards }) => ({
      return: rewards.reduce((sum, r) => sum + r, 0),
      length: rewards.length,
    })),
  };
}

/** Qₜ(s, a) of steps t = 0 and 1: Q₁ = r and Q₀ = r + γ E V₁. */
export function actionValues(
  theta: ArrayLike<number>,
  discount: number,
  ends = false,
): readonly [number[][], number[][]] {
  const { reward, toOne } = twoStep;
  const last = [0, 1].map((s) => meanOver(theta, reward, s));
  const ahead = ends ? [last[0], 0] : last;
  const first = reward.map((row, s) =>
    row.map((r, a) => r + discount * (toOne[s][a] * ahead[1] + (1 - toOne[s][a]) * ahead[0])),
  );
  return [first, reward];
}

/** Σ_a π(a | s) Q(s, a). */
function meanOver(theta: ArrayLike<number>, Q: readonly number[][], s: number): number {
  return probability(theta, s, 0) * Q[s][0] + probability(theta, s, 1) * Q[s][1];
}

/**
 * ∇J of J = E Σ γᵗ rₜ in closed form, by the tables alone:
 * ∂J/∂θ_{a,s} = Σₜ γᵗ dₜ(s) π(a|s) (Qₜ(s, a) − Vₜ(s)).
 */
export function exactGradient(
  theta: ArrayLike<number>,
  discount: number,
  ends = false,
): Float64Array {
  const { start, toOne } = twoStep;
  const arrived = [0, 1].map((next) =>
    [0, 1].reduce((sum, s) => {
      const toNext = toOne[s].map((p) => (next === 1 ? p : 1 - p));
      return sum + start[s] * meanOver(theta, [toNext, toNext], s);
    }, 0),
  );
  const alive = ends ? [arrived[0], 0] : arrived;
  const gradient = new Float64Array(4);
  actionValues(theta, discount, ends).forEach((Q, t) => {
    const occupancy = t === 0 ? start : alive.map((d) => discount * d);
    for (const s of [0, 1]) {
      for (const a of [0, 1]) {
        const advantage = Q[s][a] - meanOver(theta, Q, s);
        gradient[2 * a + s] += occupancy[s] * probability(theta, s, a) * advantage;
      }
    }
  });
  return gradient;
}
