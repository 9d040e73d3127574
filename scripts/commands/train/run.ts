import { setImmediate } from "node:timers/promises";
import * as z from "zod";
import { agents, commonOptions, kernelsNamed, policyOptionsOf } from "../../../agents/index.ts";
import {
  type Agent,
  type Collector,
  createShardedCollector,
  type Crew,
  EnvironmentFault,
  jointly,
  type Random,
  type Saved,
  shardedFisher,
  shardedSurrogate,
  train,
  type TrainingRecord,
} from "../../../src/index.ts";
import { startNodeCrew } from "../../support/crew.ts";
import { type Interruption, watchForInterruption } from "../../support/interruption.ts";
import { createProgress, type Progress } from "../../support/progress.ts";
import { evaluateAgent } from "./evaluation.ts";
import { jsonPrinter, type Printer, tablePrinter } from "./printer.ts";
import { createRunFolder, isDiagnosed, openRunFolder, type RunFolder } from "./run-folder.ts";
import type { Checkpoint } from "../../runs/checkpoint.ts";
import { blamingInput, UserError } from "../../support/user-error.ts";
import type { Settings } from "./settings.ts";

/** Where a run goes on. */
export interface Resumed {
  readonly folder: string;
  readonly checkpoint: Checkpoint;
}

/** Trains, evaluates, prints and writes; returns the exit code. */
export async function runTraining(settings: Settings, resumed?: Resumed): Promise<number> {
  const interruption = watchForInterruption();
  const write = (text: string): void => {
    if (interruption.reason !== "EPIPE") process.stdout.write(text);
  };
  const printer = settings.json ? jsonPrinter(write) : tablePrinter(write);
  const out = resumed?.folder ?? settings.out;
  const after = await carryOut(settings, { printer, interruption, ...(resumed && { resumed }) });
  if (interruption.reason === undefined) {
    if (out !== undefined) printer.note(`\nWritten to ${out}`);
  } else if (interruption.reason !== "EPIPE") {
    const kept = out === undefined ? "" : `; natgrad resume ${out} goes on`;
    const { reason } = interruption;
    process.stderr.write(`natgrad: stopped after update ${after.update} (${reason})${kept}\n`);
  }
  interruption.dispose();
  return interruption.exitCode;
}

/** Where a run goes on, who is told of it, and what may stop it. */
export interface Surroundings {
  readonly resumed?: Resumed;
  readonly printer: Printer;
  readonly interruption: Pick<Interruption, "reason">;
}

/** Trains and evaluates, or stops after an update with all files whole; returns the last update. */
export async function carryOut(
  settings: Settings,
  { resumed, printer, interruption }: Surroundings,
): Promise<Run["after"]> {
  const run = await startRun(settings, resumed);
  await trainUntilDone(run, settings, printer, interruption);
  if (interruption.reason === undefined) {
    const evaluation = evaluateAgent({ ...settings, agent: run.agent });
    run.folder?.evaluation(evaluation);
    printer.evaluation(evaluation);
  }
  return run.after;
}

/** All that a run consists of while it goes on. */
interface Run {
  readonly random: Random;
  readonly crew: Crew;
  readonly agent: Agent;
  readonly collector: Collector;
  readonly folder: RunFolder | undefined;
  /** The last update. */
  after: Pick<TrainingRecord, "update" | "steps">;
}

/** Hires the threads, makes the folder and, where the run goes on, restores its state. */
async function startRun(settings: Settings, resumed: Resumed | undefined): Promise<Run> {
  const random = settings.random.split("train");
  const crew = await startThreads(settings, random);
  const agent = agentOn(crew, settings);
  const collector = createShardedCollector(crew, agent.policy);
  const state = jointly({ agent: agent.state, collector: collector.state });
  const save = (): Saved => state.save();
  if (resumed === undefined) {
    const { out } = settings;
    const folder = out === undefined ? undefined : createRunFolder(out, settings, save);
    return { random, crew, agent, collector, folder, after: { update: 0, steps: 0 } };
  }
  const { checkpoint } = resumed;
  blamingInput(() => state.restore(checkpoint.state));
  const folder = openRunFolder(resumed.folder, settings, checkpoint, save);
  return { random, crew, agent, collector, folder, after: checkpoint };
}

/** Trains to the end or an interruption. */
async function trainUntilDone(
  run: Run,
  settings: Settings,
  printer: Printer,
  interruption: Pick<Interruption, "reason">,
): Promise<void> {
  const { environment, source, steps, stepsPerUpdate, environments } = settings;
  const { random, agent, collector, folder, after } = run;
  // What is exactly known is known of the environment alone.
  const bare = Object.keys(settings.wrappers).length === 0;
  const reference = bare ? source.reference?.(environment) : undefined;
  const options = { environment, agent, random, collector, steps, stepsPerUpdate, environments };
  const diagnose = isDiagnosed(settings);
  const progress = progressOf(settings);
  try {
    const records = train({ ...options, diagnose, after, ...(reference && { reference }) });
    for (;;) {
      const { done, value: record } = blamingInput(() => blamingEnvironment(() => records.next()));
      if (done === true) break;
      run.after = { update: record.update, steps: record.steps };
      folder?.record(record);
      printer.record(record);
      progress?.update(record.update);
      await setImmediate();
      if (interruption.reason !== undefined) break;
    }
  } finally {
    progress?.finish();
    folder?.finish(agent.policy);
    await run.crew.close();
  }
}

/** Runs `work`, which may meet a batch that an agent cannot use or an environment that returns NaN. */
function blamingEnvironment<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof EnvironmentFault) throw new UserError(error.message, { cause: error });
    throw error;
  }
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
      ...(agentOptions.divergence === "new-to-old" && { divergence: agentOptions.divergence }),
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
