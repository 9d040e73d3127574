import { listed } from "../../support/listed.ts";
import type { Pair } from "./overall.ts";
import type { RecordedRun } from "./recorded-run.ts";
import { FEWEST } from "./statistics.ts";
import type { TaskComparison } from "./task.ts";

/** From how many runs on an interval needs no warning. */
const PLENTY = 10;

/** What a reader must know before believing the numbers, in sentences; none where there is nothing. */
export function notesOn(
  runs: readonly RecordedRun[],
  tasks: readonly TaskComparison[],
  { methods, pairs }: { readonly methods: readonly string[]; readonly pairs: readonly Pair[] },
): string[] {
  return [
    ...tooFewRuns(tasks),
    ...shortened(tasks),
    ...missing(tasks, methods),
    ...withoutScale(tasks),
    ...pairedSeeds(pairs),
    ...versions(runs),
  ];
}

function tooFewRuns(tasks: readonly TaskComparison[]): string[] {
  const all = tasks.flatMap(({ task, methods }) =>
    methods.map(({ method, seeds }) => ({ method, task, count: seeds.length })),
  );
  const few = all.filter(({ count }) => count < FEWEST);
  const least = Math.min(...all.map(({ count }) => count));
  const named = few.map(({ method, task, count }) => `${method} on ${task} (${count})`);
  const shown = named.length > 6 ? [...named.slice(0, 5), `${named.length - 5} more`] : named;
  return [
    ...(few.length === 0
      ? []
      : [
          `No intervals for ${listed(shown)}: one or two runs say nothing of how runs vary; train at least ${FEWEST} seeds, better ${PLENTY}.`,
        ]),
    ...(all.every(({ count }) => count < FEWEST) || least >= PLENTY
      ? []
      : [
          `Fewer than ${PLENTY} runs of some methods: their 95 % intervals are too narrow. For normal scores the bootstrap covers the mean about 75 % of the time with 3 runs, 85 % with 5 and 90 % with 10.`,
        ]),
  ];
}

function shortened(tasks: readonly TaskComparison[]): string[] {
  return tasks
    .filter(({ budget, longest }) => budget < longest)
    .map(
      ({ task, budget, longest }) =>
        `${task} is compared over ${budget} steps, which all of its runs have; the longest has ${longest}.`,
    );
}

function missing(tasks: readonly TaskComparison[], methods: readonly string[]): string[] {
  return tasks.flatMap(({ task, methods: there }) => {
    const absent = methods.filter((method) => !there.some((one) => one.method === method));
    if (absent.length === 0) return [];
    return [
      `No runs on ${task} of ${listed(absent)}: improvements are over the tasks that both methods have, other numbers over all tasks are of methods that have them all.`,
    ];
  });
}

function withoutScale(tasks: readonly TaskComparison[]): string[] {
  if (tasks.length === 1 || tasks.every(({ scale }) => scale !== undefined)) return [];
  return [
    "Scores of different tasks have no common scale: only the probability of improvement is over all tasks. Give --scale TASK=LOW:HIGH,… for the others.",
  ];
}

function pairedSeeds(pairs: readonly Pair[]): string[] {
  const paired = pairs.filter((pair) => pair.paired !== undefined);
  if (paired.length === 0) return [];
  const which = paired.length === pairs.length ? "All" : "Some";
  return [
    `${which} methods have runs of the same seeds, which start from the same streams of random numbers: paired differences compare run by run.`,
  ];
}

function versions(runs: readonly RecordedRun[]): string[] {
  const all = [...new Set(runs.map(({ versions: { natgrad } }) => natgrad))].sort();
  return all.length < 2 ? [] : [`The runs are of different versions of natgrad: ${listed(all)}.`];
}
