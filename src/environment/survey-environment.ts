import { createRandom } from "../math/random.ts";
import { actionSize, type Environment, isCutOff } from "./environment.ts";
import type { Vector } from "../math/vector.ts";
import { chooseAction, possibleChoices } from "./choose-action.ts";

/** Mean, spread and range of one number over a walk. */
export interface Spread {
  readonly mean: number;
  readonly standardDeviation: number;
  readonly low: number;
  readonly high: number;
}

/** What random actions meet in an environment. */
export interface EnvironmentSurvey {
  readonly steps: number;
  /** Of each component of the observation, or of each feature of the possible choices but the last. */
  readonly observations: readonly Spread[];
  readonly rewards: Spread;
  readonly episodes: number;
  /** How many of them ended in a terminal state, the others at the horizon. */
  readonly terminated: number;
  /** In steps; NaN where none ended. */
  readonly meanLength: number;
}

/**
 * Takes `steps` random steps, uniform in what is bounded and normal in what is not, and tells how
 * large observations and rewards are and how episodes end.
 */
export function surveyEnvironment(
  environment: Environment,
  { seed = 0, steps = 10_000 }: { readonly seed?: number | string; readonly steps?: number } = {},
): EnvironmentSurvey {
  const random = createRandom(seed);
  const [dynamics, choices] = [random.split("environment"), random.split("action")];
  const state = new Float64Array(environment.stateSize);
  const observation = new Float64Array(environment.observationSize);
  const action = new Float64Array(actionSize(environment.actionSpace));
  const look = createLook(environment, observation);
  const paid = createTally();
  let [episodes, terminated, finishedSteps, length] = [0, 0, 0, 0];
  environment.reset(state, dynamics);
  for (let t = 0; t < steps; t++) {
    environment.observe(state, observation);
    look.take();
    chooseAction(environment, choices, { observation, inside: true }, action);
    paid.add(environment.step(state, action, dynamics));
    length++;
    const terminal = environment.isTerminal(state);
    if (!terminal && !isCutOff(environment, state, length)) continue;
    episodes++;
    finishedSteps += length;
    if (terminal) terminated++;
    length = 0;
    environment.reset(state, dynamics);
  }
  return {
    ...{ steps, episodes, terminated, meanLength: finishedSteps / episodes },
    observations: look.tallies.map((tally) => tally.spread()),
    rewards: paid.spread(),
  };
}

/** Tallies of an observation: `take` adds what it holds now. */
function createLook(
  { actionSpace: space }: Environment,
  observation: Vector,
): { readonly tallies: readonly Tally[]; take(): void } {
  if (space.kind !== "discrete" || space.features === undefined) {
    const tallies = Array.from(observation, createTally);
    return { tallies, take: () => tallies.forEach((tally, k) => tally.add(observation[k])) };
  }
  const { features } = space;
  const tallies = Array.from({ length: features - 1 }, createTally);
  const take = (): void => {
    for (const choice of possibleChoices(space, observation)) {
      tallies.forEach((tally, k) => tally.add(observation[choice * features + k]));
    }
  };
  return { tallies, take };
}

interface Tally {
  add(x: number): void;
  spread(): Spread;
}

/** Mean and variance by Welford's recursion, and the range. */
function createTally(): Tally {
  let [count, mean, squares, low, high] = [0, 0, 0, Infinity, -Infinity];
  return {
    add: (x) => {
      const before = x - mean;
      mean += before / ++count;
      squares += before * (x - mean);
      low = Math.min(low, x);
      high = Math.max(high, x);
    },
    spread: () => ({ mean, standardDeviation: Math.sqrt(squares / count), low, high }),
  };
}

/** What is unusual in a survey and makes learning slow; an empty list means nothing. */
export function remarksOn(survey: EnvironmentSurvey, { horizon }: Environment): Remark[] {
  const remarks: Remark[] = [];
  const remark = (holds: boolean, seen: string, remedy: string): void => {
    if (holds) remarks.push({ seen, remedy });
  };
  const { observations, rewards, terminated, episodes, meanLength } = survey;
  const spreads = observations.map(({ standardDeviation }) => standardDeviation);
  const constant = spreads.flatMap((spread, k) => (spread === 0 ? [k] : []));
  const moving = spreads.filter((spread) => spread > 0);
  remark(
    constant.length > 0 && constant.length < spreads.length,
    `components ${constant.join(", ")} of the observation never change`,
    "leave them out, unless a better policy moves them",
  );
  const [least, most] = [Math.min(...moving), Math.max(...moving)];
  remark(
    moving.length > 0 && (most > LARGE || most / least > LARGE),
    `observations spread from ${least.toPrecision(2)} to ${most.toPrecision(2)}`,
    "choose units in which every component is of the size of 1, or normalise observations",
  );
  const reward = Math.max(Math.abs(rewards.low), Math.abs(rewards.high));
  remark(
    reward > LARGE,
    `rewards of ${reward.toPrecision(2)}`,
    "scale the reward; a step's length does not depend on it, the baseline's fit does",
  );
  remark(
    rewards.standardDeviation === 0 && terminated === 0,
    `random actions meet no reward but ${rewards.low} and no end`,
    "reward progress, or start some episodes near the goal: from these steps nothing can be learnt",
  );
  remark(
    terminated > 0 && rewards.high <= 0,
    `episodes terminate, and no reward is above 0`,
    "right where the end is the goal; where it is a failure, pay each step survived, or failing early is best",
  );
  remark(
    episodes > 0 && terminated === episodes && meanLength < 2 && horizon > 1,
    `episodes of ${meanLength.toPrecision(2)} steps`,
    "check the start and the rule of termination",
  );
  return remarks;
}

/** Something unusual, and what to do about it. */
export interface Remark {
  readonly seen: string;
  readonly remedy: string;
}

/** Spreads and rewards beyond this size, or ratio, are remarked on. */
const LARGE = 1000;
