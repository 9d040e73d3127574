import { basename } from "node:path";
import { listed } from "../../support/listed.ts";
import { UserError } from "../../support/user-error.ts";
import type { RecordedRun } from "./recorded-run.ts";

/** Options with their values. */
type Values = Readonly<Record<string, unknown>>;

/** Where a run belongs: what was learnt on, and what learnt, by the names that the report prints. */
export interface Place {
  readonly task: string;
  readonly method: string;
}

/**
 * Task and method of each run. A task is an environment with its options; a method is everything that
 * decides how a run learns but the seed and how long it goes on. Names tell what differs: the agent,
 * and the options in which methods of this agent differ on one task, as in "trpo kl=0.01".
 *
 * @throws UserError where two runs of a method on a task have the same seed.
 */
export function placeRuns(runs: readonly RecordedRun[]): Place[] {
  const tasks = taskNames(runs);
  const telling = new Map(
    [...new Set(runs.map(({ agent }) => agent.name))].map((name) => [
      name,
      tellingOptions(runs, tasks, name),
    ]),
  );
  const places = runs.map((run, i): Place => {
    const { name } = run.agent;
    return { task: tasks[i], method: nameWith(name, methodOptions(run), telling.get(name) ?? []) };
  });
  requireOwnSeeds(runs, places);
  return places;
}

/** Everything but the seed and the length of the run. */
export function methodOptions({ agent, training }: RecordedRun): Values {
  const { stepsPerUpdate, environments } = training;
  return { ...agent.options, stepsPerUpdate, environments };
}

/** The options of an agent in which its runs on one task differ. */
function tellingOptions(
  runs: readonly RecordedRun[],
  tasks: readonly string[],
  agent: string,
): string[] {
  const own = runs.flatMap((run, i) => (run.agent.name === agent ? [{ run, task: tasks[i] }] : []));
  const groups = [...new Set(own.map(({ task }) => task))].map((task) =>
    own.flatMap((one) => (one.task === task ? [methodOptions(one.run)] : [])),
  );
  return [...new Set(groups.flatMap(differing))];
}

function taskNames(runs: readonly RecordedRun[]): string[] {
  const short = shortNames(runs.map(({ environment }) => environment.name));
  return runs.map((run) => {
    const { name } = run.environment;
    const same = runs.filter(({ environment }) => environment.name === name);
    const telling = differing(same.map(taskOptions));
    return nameWith(short.get(name) ?? name, taskOptions(run), telling);
  });
}

/** Everything that decides what is learnt on besides the name, such as the version of a file. */
function taskOptions({ environment }: RecordedRun): Values {
  const { options, wrappers, sha256 } = environment;
  return { ...options, ...wrappers, ...(sha256 && { version: sha256.slice(0, 8) }) };
}

/** Environments in files by the names of the files, where these differ. */
function shortNames(names: readonly string[]): Map<string, string> {
  const distinct = [...new Set(names)];
  const short = distinct.map((name) => basename(name));
  return new Map(
    distinct.map((name, i) => [
      name,
      short.filter((other) => other === short[i]).length === 1 ? short[i] : name,
    ]),
  );
}

/** The keys whose values are not the same in all of these. */
export function differing(values: readonly Values[]): string[] {
  const keys = [...new Set(values.flatMap((each) => Object.keys(each)))];
  return keys.filter((key) => new Set(values.map((each) => JSON.stringify(each[key]))).size > 1);
}

function nameWith(name: string, options: Values, telling: readonly string[]): string {
  const parts = telling.map((key) => `${flagOf(key)}=${valueText(options[key])}`);
  return [name, ...parts].join(" ");
}

/** An option as the command line names it. */
export function flagOf(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** A value as the command line takes it. */
export function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(String).join(",");
  if (value === undefined) return "unset";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function requireOwnSeeds(runs: readonly RecordedRun[], places: readonly Place[]): void {
  const first = new Map<string, string>();
  runs.forEach(({ folder, seed }, i) => {
    const { task, method } = places[i];
    const key = JSON.stringify([task, method, seed]);
    const other = first.get(key);
    if (other !== undefined) {
      throw new UserError(
        `runs of a method must have different seeds, got seed ${seed} in ${listed([other, folder])} (${method} on ${task}); leave one out`,
      );
    }
    first.set(key, folder);
  });
}
