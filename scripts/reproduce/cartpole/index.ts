import { kernelsNamed } from "../../../agents/index.ts";
import { formatNumber } from "../../figures/index.ts";
import type { Reproduction, ReproductionContext, ReproductionResult } from "../reproduction.ts";
import type { LearningResult, LearningTask } from "./learning-run.ts";
import { methodNames, methods, protocol, tasks } from "./protocol.ts";
import { curvesSection, peersSection } from "./sections.ts";
import { measureStartup, type Startup } from "./startup.ts";
import { type MethodSummary, summarise } from "./summary.ts";

/** TRPO, natural and vanilla with the defaults on both cart-poles. */
export const cartpoleReproduction: Reproduction = {
  name: "cartpole",
  summary: "TRPO, natural and vanilla policy gradient with 64-64 networks on cart-pole",
  source:
    "CartPole-v1 of Gymnasium; the protocol of comparisons of libraries, 20 episodes every 2000 steps",
  run,
};

async function run(context: ReproductionContext): Promise<ReproductionResult> {
  const steps = context.quick ? 10_000 : protocol.steps;
  const seeds = Array.from({ length: context.seeds }, (_, i) => i + 1);
  const plan = tasks.flatMap((task) =>
    methods.flatMap((method) => seeds.map((seed): LearningTask => ({ task, method, seed, steps }))),
  );
  const startup = await measureStartup(context.signal);
  const runner = new URL(`./learning-run${import.meta.url.slice(-3)}`, import.meta.url);
  const results = await context.runAll<LearningResult>(runner, plan);
  const summaries = tasks.flatMap((task) =>
    methods.map((method) => summarise(task, method, results)),
  );
  const trpo = summaries[methods.indexOf("trpo")];
  return {
    title: "Cart-pole by policy gradients",
    lead: "Three agents with 64-64 tanh networks and the settings that natgrad suggests for cart-pole, none of them tuned to a seed.",
    claim:
      "TRPO keeps cart-pole balanced for good after about 20 000 steps (sb3-contrib's defaults, 5 seeds).",
    comparisons: [
      {
        quantity: "TRPO: steps from which every later evaluation passes, median",
        published: 20_000,
        ours: Number.isFinite(trpo.medianStable) ? trpo.medianStable : "never",
        verdict: "qualitative",
        note: "measured with another library under the same protocol, on other seeds",
      },
    ],
    sections: [
      ...tasks.map((task) => curvesSection(task, results, summaries)),
      peersSection(trpo, startup),
    ],
    settings: {
      steps,
      evaluations: `every ${protocol.every} steps, ${protocol.episodes} episodes of the mode; ${protocol.finalEpisodes} at the end`,
      seeds: seeds.length,
      kernels: kernelsNamed("relaxed").name,
    },
    numbers: { protocol, startup, summaries, results },
    summary: summaryOf(summaries, startup),
  };
}

function summaryOf(summaries: readonly MethodSummary[], startup: Startup): string[] {
  const lines = summaries.map(
    ({ task, method, solved, runs, medianStable, medianSeconds, stepsPerSecond, final }) =>
      `${task.padEnd(20)} ${methodNames[method].padEnd(8)} ${`${solved} of ${runs}`.padStart(9)} ` +
      `${formatNumber(medianStable).padStart(8)} steps ${formatNumber(medianSeconds, 2).padStart(6)} s ` +
      `${formatNumber(stepsPerSecond, 2).padStart(8)} steps/s   final ≥ ${formatNumber(Math.min(...final))}`,
  );
  return [
    "task                 method      stable   from (median)   training        speed",
    ...lines,
    "",
    `start of the process to the first update ${formatNumber(startup.seconds, 2)} s, peak memory ${formatNumber(startup.megabytes, 3)} MB (TRPO, 20 000 steps)`,
  ];
}
