import { mean, median } from "../../../src/index.ts";
import { createTable, formatNumber, learningCurves } from "../../figures/index.ts";
import type { ReproductionSection } from "../reproduction.ts";
import type { LearningResult } from "./learning-run.ts";
import { methodNames, methods, peers, protocol, type Task } from "./protocol.ts";
import type { Startup } from "./startup.ts";
import { curveOf, type MethodSummary } from "./summary.ts";

const taskNames: Readonly<Record<Task, string>> = {
  cartpole: "Cart-pole, pushed left or right",
  "cartpole-continuous": "Cart-pole, continuous force",
};

export function curvesSection(
  task: Task,
  results: readonly LearningResult[],
  summaries: readonly MethodSummary[],
): ReproductionSection {
  const own = summaries.filter((summary) => summary.task === task);
  const phrases = own.map(({ method, solved, runs, medianStable }) => {
    const from = Number.isFinite(medianStable)
      ? `, from ${formatNumber(medianStable)} steps in the median`
      : "";
    return `${methodNames[method]} in ${solved} of ${runs} seeds${from}`;
  });
  return {
    heading: taskNames[task],
    sentence: `Stable, so that every later evaluation of ${protocol.episodes} episodes stays at ${protocol.threshold} or more, become ${phrases.join("; ")}.`,
    figure: {
      name: `learning-${task}`,
      draw: (document) =>
        learningCurves(document, {
          title: `Return against experience: ${taskNames[task].toLowerCase()}`,
          subtitle: `mean of ${protocol.episodes} episodes every ${formatNumber(protocol.every)} steps; interquartile mean and 95 % bootstrap band of ${own[0].runs} paired seeds`,
          curves: methods.map((method) => ({
            key: method,
            label: methodNames[method],
            points: curveOf(task, method, results),
          })),
          labels: { steps: "environment steps", value: "return of the mode of the policy" },
          valueScale: "linear",
          valueRange: [0, 510],
        }),
    },
    table: createTable<MethodSummary>(
      [
        { header: "method", value: ({ method }) => methodNames[method] },
        {
          header: "stable seeds",
          value: ({ solved, runs }) => `${solved} of ${runs}`,
          align: "right",
        },
        { header: "stable from, steps", value: ({ stable }) => range(stable), align: "right" },
        {
          header: "training to there, s",
          value: ({ seconds }) => range(seconds, 2),
          align: "right",
        },
        {
          header: "steps/s",
          value: ({ stepsPerSecond }) => formatNumber(stepsPerSecond, 2),
          align: "right",
        },
        { header: "final return", value: ({ final }) => range(final), align: "right" },
      ],
      own,
      "Median [smallest, largest] over the seeds",
    ),
  };
}

/** Median [smallest, largest]. */
function range(values: readonly number[], digits = 4): string {
  const [middle, low, high] = [median(values), Math.min(...values), Math.max(...values)];
  return `${formatNumber(middle, digits)} [${formatNumber(low, digits)}, ${formatNumber(high, digits)}]`;
}

interface PeerRow {
  readonly name: string;
  readonly stable: string;
  readonly seconds: string;
  readonly startup: string;
  readonly megabytes: string;
}

export function peersSection(trpo: MethodSummary, startup: Startup): ReproductionSection {
  const ours: PeerRow = {
    name: "natgrad TRPO, defaults",
    stable: formatNumber(trpo.medianStable),
    seconds: formatNumber(trpo.medianSeconds, 2),
    startup: formatNumber(startup.seconds, 2),
    megabytes: formatNumber(startup.megabytes, 3),
  };
  const theirs = peers.map((peer) => ({
    name: peer.name,
    stable: formatNumber(peer.stable),
    seconds: `${formatNumber(peer.seconds, 2)} (first pass)`,
    startup: peer.startup === undefined ? "–" : formatNumber(peer.startup, 2),
    megabytes: formatNumber(peer.megabytes, 3),
  }));
  return {
    heading: "Beside other libraries",
    sentence:
      `The same protocol, measured separately on another 2-core machine with 5 seeds: compare steps closely, and seconds by their order of magnitude. ` +
      `The 100 episodes at the end return ${formatNumber(mean(trpo.final))} on average, and ${formatNumber(Math.min(...trpo.final))} in the worst seed.`,
    table: createTable<PeerRow>(
      [
        { header: "library", value: ({ name }) => name },
        { header: "stable from, steps", value: ({ stable }) => stable, align: "right" },
        { header: "training, s", value: ({ seconds }) => seconds, align: "right" },
        { header: "start to first update, s", value: (row) => row.startup, align: "right" },
        { header: "peak memory, MB", value: ({ megabytes }) => megabytes, align: "right" },
      ],
      [ours, ...theirs],
    ),
  };
}
