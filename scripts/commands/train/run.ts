import { setImmediate } from "node:timers/promises";
import * as z from "zod";
import { agents, commonOptions, kernelsNamed, policyOptionsOf } from "../../../agents/index.ts";
import {
  type Agent,
  createShardedCollector,
  type Crew,
  type Random,
  shardedFisher,
  shardedSurrogate,
  train,
} from "../../../src/index.ts";
import { startNodeCrew } from "../../support/crew.ts";
import { type Interruption, watchForInterruption } from "../../support/interruption.ts";
import { createProgress, type Progress } from "../../support/progress.ts";
import { evaluateAgent } from "./evaluation.ts";
import { jsonPrinter, type Printer, tablePrinter } from "./printer.ts";
import { createRunFolder, type RunFolder } from "./run-folder.ts";
import { blamingInput } from "../../support/user-error.ts";
import type { Settings } from "./settings.ts";

/** Trains, evaluates, prints and writes; returns the exit code. */
export async function runTraining(settings: Settings): Promise<number> {
  const folder = settings.out === undefined ? undefined : createRunFolder(settings.out, settings);
  const interruption = watchForInterruption();
  const write = (text: string): void => {
    if (interruption.reason !== "EPIPE") process.stdout.write(text);
  };
  const printer = settings.json ? jsonPrinter(write) : tablePrinter(write);
  const { updates, agent } = await trainUntilDone(settings, printer, folder, interruption);
  if (interruption.reason === undefined) {
    const evaluation = evaluateAgent({ ...settings, agent });
    folder?.evaluation(evaluation);
    printer.evaluation(evaluation);
    if (settings.out !== undefined) printer.note(`\nWritten to ${settings.out}`);
  } else if (interruption.reason !== "EPIPE") {
    const kept = settings.out === undefined ? "" : `; ${settings.out} holds the run so far`;
    const { reason } = interruption;
    process.stderr.write(`natgrad: stopped after update ${updates} (${reason})${kept}\n`);
  }
  interruption.dispose();
  return interruption.exitCode;
}

/** Trains to the end or an interruption; returns the number of updates and who learned. */
async function trainUntilDone(
  settings: Settings,
  printer: Printer,
  folder: RunFolder | undefined,
  interruption: Interruption,
): Promise<{ readonly updates: number; readonly agent: Agent }> {
  const { environment, source, steps, stepsPerUpdate, environments } = settings;
  const random = settings.random.split("train");
  const crew = await startThreads(settings, random);
  const agent = agentOn(crew, settings);
  const collector = createShardedCollector(crew, agent.policy);
  // What is exactly known is known of the environment alone.
  const bare = Object.keys(settings.wrappers).length === 0;
  const reference = bare ? source.reference?.(environment) : undefined;
  const options = { environment, agent, random, collector, steps, stepsPerUpdate, environments };
  const progress = progressOf(settings);
  let updates = 0;
  try {
    const records = train({ ...options, ...(reference && { reference }) });
    for (;;) {
      // An agent throws a RangeError at a batch that it cannot use, such as one of episodes in parts.
      const { done, value: record } = blamingInput(() => records.next());
      if (done === true) break;
      updates = record.update;
      folder?.record(record);
      printer.record(record);
      progress?.update(record.update);
      await setImmediate();
      if (interruption.reason !== undefined) break;
    }
  } finally {
    progress?.finish();
    folder?.finish(agent.policy);
    await crew.close();
  }
  return { updates, agent };
}

/** Shards of a batch from which two threads save more of an update than cutting it costs. */
const WORTH_SHARING = 4;

/**
 * The agent of the settings, or the same one computing its batches by the crew where they are large.
 * Sizes alone decide, so that no bit depends on the number of threads.
 */
function agentOn(crew: Crew, { agentName, agentOptions, agent, ...settings }: Settings): Agent {
  if (crew.shape.batch.length < WORTH_SHARING) return agent;
  const { environment, random } = settings;
  return agents[agentName].create(environment, random.split("agent"), agentOptions, {
    surrogate: shardedSurrogate(crew),
    fisher: shardedFisher(),
  });
}

/** The threads of the run; says on stderr where there are fewer than were asked for. */
async function startThreads(settings: Settings, random: Random): Promise<Crew> {
  const { source, agentOptions, environments, stepsPerUpdate, workers } = settings;
  const options = z.object(commonOptions).parse(agentOptions);
  const { hidden, kernel } = options;
  const crew = await startNodeCrew(
    {
      environment: {
        ...source.recipe,
        options: settings.environmentOptions,
        wrappers: settings.wrappers,
      },
      policy: policyOptionsOf(options),
      kernels: hidden.length > 0 ? kernelsNamed(kernel).name : "float64",
      random: random.save(),
      environments,
      stepsPerEnvironment: stepsPerUpdate / environments,
    },
    workers,
  );
  if (crew.remark !== undefined) process.stderr.write(`natgrad: ${crew.remark}\n`);
  return crew;
}

/** A bar for who watches the terminal while stdout goes elsewhere. */
function progressOf({ steps, stepsPerUpdate, environment }: Settings): Progress | undefined {
  if (!process.stderr.isTTY || process.stdout.isTTY) return undefined;
  return createProgress({ total: Math.ceil(steps / stepsPerUpdate), label: environment.name });
}
