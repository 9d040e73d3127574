import { createRandom, type Random } from "../math/random.ts";
import { firstNonFinite, type Vector } from "../math/vector.ts";
import { actionSize, type Environment } from "./environment.ts";

/** A rule of the contract that an environment breaks. */
export interface Finding {
  /** The rule, as a sentence. */
  readonly rule: string;
  /** What was seen. */
  readonly seen: string;
  /** What to do about it. */
  readonly remedy: string;
}

export interface CheckOptions {
  readonly seed?: number | string;
  /** Random steps to take. */
  readonly steps?: number;
}

/** One step as it was seen from outside. */
interface Visit {
  readonly observation: Vector;
  readonly reward: number;
  readonly terminal: boolean;
}

/**
 * Checks an environment against its contract by random actions; an empty list means that nothing
 * was found. After Gymnasium's `utils/env_checker.py`.
 */
export function checkEnvironment(
  environment: Environment,
  { seed = 0, steps = 200 }: CheckOptions = {},
): Finding[] {
  const declared = checkDeclaration(environment);
  if (declared.length > 0) return declared;
  const findings = new Map<string, Finding>();
  const report = (finding: Finding): void => {
    if (!findings.has(finding.rule)) findings.set(finding.rule, finding);
  };
  const first = explore(environment, createRandom(seed), steps, report);
  const second = explore(environment, createRandom(seed), steps, report);
  const differing = first.findIndex((visit, t) => !sameVisit(visit, second[t]));
  if (differing >= 0) {
    report({
      rule: "the same seed gives the same trajectory",
      seen: `two runs from seed ${seed} differ at step ${differing}`,
      remedy: "draw only from the random argument, and keep no state outside the state vector",
    });
  }
  return [...findings.values()];
}

function checkDeclaration(environment: Environment): Finding[] {
  const findings: Finding[] = [];
  const require = (holds: boolean, rule: string, seen: unknown, remedy: string): void => {
    if (!holds) findings.push({ rule, seen: String(seen), remedy });
  };
  const isCount = (value: number): boolean => Number.isInteger(value) && value > 0;
  const { actionSpace: space, horizon, name } = environment;
  require(name !== "", "name is not empty", JSON.stringify(name), "name the environment");
  for (const key of ["stateSize", "observationSize"] as const) {
    const rule = `${key} is a positive integer`;
    require(isCount(environment[key]), rule, environment[key], `declare the length of the vector`);
  }
  const episodes = horizon === Infinity || isCount(horizon);
  require(episodes, "horizon is a positive integer", horizon, "declare how long an episode lasts");
  if (space.kind === "discrete") {
    const rule = "a discrete action space has a positive count";
    require(isCount(space.count), rule, space.count, "declare the number of choices");
  } else {
    const { low, high } = space;
    const ordered = low.length === high.length && low.every((bound, k) => bound < high[k]);
    const seen = `low [${low.join(", ")}], high [${high.join(", ")}]`;
    require(ordered &&
      low.length >
        0, "box bounds are as long as each other, low below high", seen, "give one low and one high for each action component");
  }
  return findings;
}

/** Takes random steps, resetting where an episode ends, and reports what breaks the contract. */
function explore(
  environment: Environment,
  random: Random,
  steps: number,
  report: (finding: Finding) => void,
): Visit[] {
  const state = new Float64Array(environment.stateSize);
  const observation = new Float64Array(environment.observationSize);
  const action = new Float64Array(actionSize(environment.actionSpace));
  const dynamics = random.split("environment");
  const choices = random.split("action");
  const visits: Visit[] = [];
  let length = 0;

  const look = (reward: number): Visit => {
    const before = state.slice();
    environment.observe(state, observation);
    reportNumbers(environment, { state, observation, reward, before, step: visits.length }, report);
    const terminal = environment.isTerminal(state);
    return { observation: observation.slice(), reward, terminal };
  };

  environment.reset(state, dynamics);
  visits.push(look(0));
  while (visits.length <= steps) {
    chooseAction(environment, choices, action);
    const chosen = action.slice();
    const reward = environment.step(state, action, dynamics);
    if (chosen.some((value, k) => value !== action[k])) {
      report({
        rule: "step leaves the action alone",
        seen: `[${chosen.join(", ")}] became [${action.join(", ")}]`,
        remedy: "clip into a variable of your own",
      });
    }
    const visit = look(reward);
    visits.push(visit);
    length++;
    if (visit.terminal || length >= environment.horizon) {
      environment.reset(state, dynamics);
      length = 0;
    }
  }
  return visits;
}

function chooseAction({ actionSpace: space }: Environment, random: Random, action: Vector): void {
  if (space.kind === "discrete") {
    action[0] = Math.floor(random.uniform(0, space.count));
    return;
  }
  for (let k = 0; k < action.length; k++) {
    const bounded = Number.isFinite(space.low[k]) && Number.isFinite(space.high[k]);
    action[k] = bounded ? random.uniform(space.low[k], space.high[k]) : random.normal();
  }
}

interface Look {
  readonly state: Vector;
  readonly observation: Vector;
  readonly reward: number;
  readonly before: Vector;
  readonly step: number;
}

function reportNumbers(
  { name }: Environment,
  { state, observation, reward, before, step }: Look,
  report: (finding: Finding) => void,
): void {
  if (state.some((value, k) => !Object.is(value, before[k]))) {
    report({
      rule: "observe leaves the state alone",
      seen: `the state of ${name} changed at step ${step}`,
      remedy: "write only to the observation",
    });
  }
  for (const [what, values] of [
    ["state", state],
    ["observation", observation],
    ["reward", Float64Array.of(reward)],
  ] as const) {
    const i = firstNonFinite(values);
    if (i < 0) continue;
    report({
      rule: `every ${what} is finite`,
      seen: `${values[i]} at step ${step}, index ${i}`,
      remedy: "look for a division by zero, or a state that grows without bound",
    });
  }
}

function sameVisit(a: Visit, b: Visit): boolean {
  return (
    Object.is(a.reward, b.reward) &&
    a.terminal === b.terminal &&
    a.observation.every((value, k) => Object.is(value, b.observation[k]))
  );
}
