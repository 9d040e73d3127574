import { agents, suggestionsFor } from "../../../agents/index.ts";
import { environments } from "../../../envs/index.ts";
import {
  type Agent,
  createRandom,
  type Environment,
  evaluate,
  mean,
  train,
} from "../../../src/index.ts";
import { type Method, protocol, type Task } from "./protocol.ts";

/** One training run, as plain data for a worker. */
export interface LearningTask {
  readonly task: Task;
  readonly method: Method;
  readonly seed: number;
  readonly steps: number;
}

/** What came of it. */
export interface LearningResult extends LearningTask {
  /** Mean return of each evaluation, every 2000 steps. */
  readonly evaluations: readonly number[];
  /** Seconds of training, evaluations subtracted, until each of them. */
  readonly seconds: readonly number[];
  /** Mean return of the evaluation at the end. */
  readonly final: number;
}

/** The agent that `natgrad train TASK --agent METHOD` makes by default. */
function defaultAgent(
  { task, method }: LearningTask,
  environment: Environment,
  seed: string,
): Agent {
  const entry = agents[method];
  const options = suggestionsFor(entry, environments[task].suggests);
  return entry.create(environment, createRandom(seed).split("agent"), options);
}

/** Trains with the defaults and evaluates on the way; paired seeds share starts. */
export function run(task: LearningTask): LearningResult {
  const environment = environments[task.task].create();
  const seed = `cartpole/${task.seed}`;
  const agent = defaultAgent(task, environment, seed);
  const score = (name: string, episodes: number): number => {
    const random = createRandom(`${seed}/${name}`);
    return mean(evaluate(environment, agent.policy, { random, episodes }).map((e) => e.return));
  };
  const random = createRandom(seed).split("train");
  const { every, episodes, finalEpisodes } = protocol;
  const evaluations: number[] = [];
  const seconds: number[] = [];
  let trained = 0;
  let began = performance.now();
  for (const { steps } of train({
    environment,
    agent,
    random,
    steps: task.steps,
    stepsPerUpdate: every,
  })) {
    trained += performance.now() - began;
    evaluations.push(score(`evaluation-${steps}`, episodes));
    seconds.push(trained / 1000);
    began = performance.now();
  }
  return { ...task, evaluations, seconds, final: score("final", finalEpisodes) };
}
