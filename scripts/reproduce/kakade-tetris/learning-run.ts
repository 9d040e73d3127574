import { tetris } from "../../../envs/index.ts";
import {
  type Agent,
  cholesky,
  createRandom,
  direct,
  type Environment,
  evaluate,
  exactFisher,
  fixed,
  identityFisher,
  klNormalised,
  mean,
  naturalGradient,
  policyFor,
  type Random,
  rewardsToGo,
  standardised,
  subsampled,
  train,
  zero,
} from "../../../src/index.ts";
import { type BoardName, boards, type MethodName, protocol, scoredIterations } from "./protocol.ts";

/** One run, as plain data for a worker. */
export interface TetrisTask {
  readonly board: BoardName;
  readonly method: MethodName;
  /** δ of the natural, α of the standard gradient. */
  readonly size: number;
  readonly seed: number;
  readonly iterations: number;
  /** Pieces of an iteration. */
  readonly pieces: number;
  /** Games that a policy is scored by. */
  readonly games: number;
}

/** A policy on the way. */
export interface TetrisScore {
  readonly iteration: number;
  /** Mean rows of a game; one that is cut off counts with its rows so far. */
  readonly points: number;
  /** Share of the games that the horizon cut off. */
  readonly truncated: number;
  readonly theta: Float64Array;
}

/** What came of a run. */
export interface TetrisResult {
  readonly task: TetrisTask;
  readonly scores: readonly TetrisScore[];
  /** Seconds of collecting and of updates, scores apart. */
  readonly seconds: number;
}

/**
 * The agent of a run: θ = 0 at the start, g = E[Σₖ γᵏ rₜ₊ₖ ∇log π] with the returns standardised over
 * the batch, and the metric F + 10⁻³ I or I.
 */
function agentOf({ method, size }: TetrisTask, environment: Environment, random: Random): Agent {
  const { discount, damping, fisherEvery } = protocol;
  const parts = {
    policy: policyFor(environment, random.split("policy")),
    baseline: zero(),
    advantage: standardised(rewardsToGo({ discount })),
    step: method === "natural" ? klNormalised(size) : fixed(size),
  };
  if (method === "natural") {
    const fisher = subsampled(exactFisher(), { every: fisherEvery });
    return naturalGradient({ ...parts, fisher, damping, solver: cholesky() });
  }
  return naturalGradient({ ...parts, fisher: identityFisher(), damping: 0, solver: direct() });
}

/** Trains from θ = 0 and scores policies on the way; seeds are paired over the methods. */
export function run(task: TetrisTask): TetrisResult {
  const { height } = boards[task.board];
  const { horizon, environments } = protocol;
  const environment = tetris({ height, horizon });
  const random = createRandom(`kakade-tetris/${task.seed}`);
  const agent = agentOf(task, environment, random.split("agent"));
  const wanted = new Set(scoredIterations(task.iterations));
  const scores: TetrisScore[] = [];
  let seconds = 0;
  let began = performance.now();
  for (const { update } of train({
    ...{ environment, agent, environments, random: random.split("train") },
    ...{ steps: task.pieces * task.iterations, stepsPerUpdate: task.pieces },
  })) {
    seconds += (performance.now() - began) / 1000;
    if (wanted.has(update)) {
      const games = random.split(`games/${update}`);
      scores.push({ iteration: update, ...score(environment, agent, { games, task }) });
    }
    began = performance.now();
  }
  return { task, scores, seconds };
}

function score(
  environment: Environment,
  { policy }: Agent,
  { games, task }: { readonly games: Random; readonly task: TetrisTask },
): Omit<TetrisScore, "iteration"> {
  const options = { random: games, episodes: task.games, deterministic: false };
  const played = evaluate(environment, policy, options);
  const cutOff = played.filter(({ length }) => length >= environment.horizon).length;
  return {
    points: mean(played.map((game) => game.return)),
    truncated: cutOff / played.length,
    theta: policy.theta.slice(),
  };
}
