import { createRandom, type Random } from "../math/random.ts";
import { firstNonFinite, type Vector } from "../math/vector.ts";
import { checkBox, checkChoices, checkCounts, checkSpace } from "./check-choices.ts";
import { chooseAction } from "./choose-action.ts";
import { type ActionSpace, actionSize, type Environment, isCutOff } from "./environment.ts";
import { tangledAt } from "./tangled.ts";

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
 * was found. What the environment throws is a finding. Where nothing else is found, actions outside
 * a box are tried, which an agent samples and the environment clips. After Gymnasium's
 * `utils/env_checker.py`.
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
  const walk = (inside: boolean): Visit[] =>
    explore(environment, { random: createRandom(seed), steps, inside, report });
  const first = walk(true);
  const second = walk(true);
  const differing = first.findIndex((visit, t) => !sameVisit(visit, second.at(t)));
  if (differing >= 0) {
    report({
      rule: "the same seed gives the same trajectory",
      seen: `two runs from seed ${seed} differ at step ${differing}`,
      remedy: "draw only from the random argument, and keep no state outside the state vector",
    });
  }
  const tangled = findings.size === 0 ? tangledAt(environment, { seed, steps }) : -1;
  if (tangled >= 0) {
    report({
      rule: "copies side by side do not touch each other",
      seen: `another copy that steps in between changes step ${tangled}`,
      remedy: "keep no state, and no reference to a vector, between calls",
    });
  }
  if (findings.size === 0 && hasFiniteBounds(environment.actionSpace)) walk(false);
  return [...findings.values()];
}

function hasFiniteBounds(space: ActionSpace): boolean {
  return space.kind === "box" && [...space.low, ...space.high].some(Number.isFinite);
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
  const rule = "horizon is a positive integer";
  const remedy = "declare how long an episode lasts; an evaluation waits for its end";
  require(isCount(horizon), rule, horizon, remedy);
  findings.push(...checkActionSpace(space, environment.observationSize));
  return findings;
}

function checkActionSpace(space: ActionSpace, observationSize: number): Finding[] {
  switch (space.kind) {
    case "discrete":
      return checkSpace(space, observationSize);
    case "multi-discrete":
      return checkCounts(space);
    case "box":
      return checkBox(space);
  }
}

interface Walk {
  readonly random: Random;
  readonly steps: number;
  /** Whether all actions lie in the box. */
  readonly inside: boolean;
  readonly report: (finding: Finding) => void;
}

/** Takes random steps, resetting where an episode ends, and reports what breaks the contract. */
function explore(environment: Environment, walk: Walk): Visit[] {
  const visits: Visit[] = [];
  let running: keyof Environment = "reset";
  const call = <T>(name: keyof Environment, work: () => T): T => {
    running = name;
    return work();
  };
  try {
    visit(environment, walk, visits, call);
  } catch (error) {
    walk.report({
      rule: `${running} throws nothing${walk.inside ? "" : OUTSIDE}`,
      seen: `${String(error)} at step ${visits.length}`,
      remedy: walk.inside ? "mend what the message names" : CLIP,
    });
  }
  return visits;
}

/** Ends the rules that are tried with actions outside the box. */
const OUTSIDE = ", also for actions outside the box";
const CLIP = "clip the action to the box, into a variable of your own";

/** Runs a function of the environment under its name. */
type Call = <T>(name: keyof Environment, work: () => T) => T;

function visit(environment: Environment, walk: Walk, visits: Visit[], call: Call): void {
  const { random, steps, report } = walk;
  const state = new Float64Array(environment.stateSize);
  const observation = new Float64Array(environment.observationSize);
  const action = new Float64Array(actionSize(environment.actionSpace));
  const dynamics = random.split("environment");
  const choices = random.split("action");
  let length = 0;

  const look = (reward: number): Visit => {
    const before = state.slice();
    call("observe", () => environment.observe(state, observation));
    reportNumbers({ state, observation, reward, step: visits.length }, walk);
    const terminal = call("isTerminal", () => environment.isTerminal(state));
    if (environment.actionSpace.kind === "discrete") {
      checkChoices(environment.actionSpace, observation, terminal).forEach(report);
    }
    if (terminal !== call("isTerminal", () => environment.isTerminal(state))) {
      report({
        rule: "isTerminal depends on the state alone",
        seen: `two answers for one state at step ${visits.length}`,
        remedy: "decide by the state, without randomness or a memory",
      });
    }
    if (state.some((value, k) => !Object.is(value, before[k]))) {
      report({
        rule: "observe and isTerminal leave the state alone",
        seen: `the state of ${environment.name} changed at step ${visits.length}`,
        remedy: "write only to the observation",
      });
    }
    return { observation: observation.slice(), reward, terminal };
  };
  const reset = (): void => call("reset", () => environment.reset(state, dynamics));

  reset();
  visits.push(look(0));
  while (visits.length <= steps) {
    if (!chooseAction(environment, choices, { observation, inside: walk.inside }, action)) return;
    const chosen = action.slice();
    const reward = call("step", () => environment.step(state, action, dynamics));
    if (chosen.some((value, k) => value !== action[k])) {
      report({
        rule: "step leaves the action alone",
        seen: `[${chosen.join(", ")}] became [${action.join(", ")}]`,
        remedy: "clip into a variable of your own",
      });
    }
    const last = look(reward);
    visits.push(last);
    length++;
    if (last.terminal || call("isTruncated", () => isCutOff(environment, state, length))) {
      reset();
      call("observe", () => environment.observe(state, observation));
      length = 0;
    }
  }
}

interface Look {
  readonly state: Vector;
  readonly observation: Vector;
  readonly reward: number;
  readonly step: number;
}

function reportNumbers({ state, observation, reward, step }: Look, { inside, report }: Walk): void {
  for (const [what, values] of [
    ["state", state],
    ["observation", observation],
    ["reward", Float64Array.of(reward)],
  ] as const) {
    const i = firstNonFinite(values);
    if (i < 0) continue;
    report({
      rule: `every ${what} is finite${inside ? "" : OUTSIDE}`,
      seen: `${values[i]} at step ${step}, index ${i}`,
      remedy: inside ? "look for a division by zero, or a state that grows without bound" : CLIP,
    });
  }
}

function sameVisit(a: Visit, b: Visit | undefined): boolean {
  return (
    b !== undefined &&
    Object.is(a.reward, b.reward) &&
    a.terminal === b.terminal &&
    a.observation.every((value, k) => Object.is(value, b.observation[k]))
  );
}
