import { tabularOptimum } from "../../../envs/index.ts";
import {
  createTable,
  formatNumber,
  plane,
  type PlanePanel,
  type Point,
} from "../../figures/index.ts";
import type { ReproductionSection } from "../reproduction.ts";
import type { RunCheck } from "./checks.ts";
import { type Method, runSettings } from "./runs.ts";
import { type System, valuesAt } from "./systems.ts";

/** The two fields of a system over the unit square, with the runs. */
export function fieldsSection(system: System, runs: readonly RunCheck[]): ReproductionSection {
  const { gamma } = system;
  const objective = gamma === 1 ? "average reward" : `return at γ = ${gamma}, times 1 − γ`;
  return {
    heading: `${system.title}: ${objective}`,
    sentence: `${system.reward[0].toUpperCase()}${system.reward.slice(1)}. ${fates(system, runs)}`,
    figure: {
      name: `fields-${system.id}`,
      draw: (document) =>
        plane(document, {
          title: `Vanilla and natural gradient on two states, ${system.title}`,
          subtitle: `${system.reward}; arrows have equal length`,
          x: { label: "θ(1), probability of action 1 in state 1", domain: [0, 1] },
          y: { label: "θ(2), probability of action 1 in state 2", domain: [0, 1] },
          levels: { label: gamma === 1 ? "average reward J" : "return J, times 1 − γ" },
          panels: [
            panel(system, "vanilla", "vanilla gradient", runs),
            panel(system, "natural", "natural gradient", runs),
          ],
        }),
    },
  };
}

/** Where the policies of the arrows lie. */
const grid = Array.from({ length: 9 }, (_, i) => (i + 1) / 10);

function panel(
  system: System,
  method: Method,
  title: string,
  runs: readonly RunCheck[],
): PlanePanel {
  const direction = (theta: Point): Point => {
    const { gradient, naturalGradient } = valuesAt(system, theta);
    const [first, second] = method === "vanilla" ? gradient : naturalGradient;
    return [first, second];
  };
  const short = runs.every(({ run }) => run.path.length <= 40);
  const points = grid.flatMap((x) => grid.map((y): Point => [x, y]));
  return {
    title,
    surface: (x, y) => returnAt(system, [x, y]),
    arrows: [
      {
        ...{ key: "reference", label: "direction of the gradient", length: 0.06 },
        arrows: points.map((at) => ({ at, direction: direction(at) })),
      },
    ],
    paths: runs
      .filter(({ run }) => run.method === method)
      .map(({ run }) => ({
        key: method,
        label: `${title}, runs`,
        points: run.path,
        dots: short ? "every" : "end",
      })),
  };
}

/** J inside the square: where a chain falls apart at a corner it has no one value. */
function returnAt(system: System, theta: Point): number {
  const inside = (value: number): number => Math.min(0.999, Math.max(0.001, value));
  return valuesAt(system, [inside(theta[0]), inside(theta[1])]).return;
}

/** Where the runs end. */
function fates(system: System, runs: readonly RunCheck[]): string {
  const ends = (["vanilla", "natural"] as const).map((method) => {
    const own = runs.filter(({ run }) => run.method === method).map(({ run }) => run);
    const returns = own.map(({ path }) => formatNumber(endReturn(system, path), 3));
    const steps = own.map(({ path }) => formatNumber(path.length - 1));
    return `at J = ${returns.join(" and ")} with the ${method} gradient, after ${steps.join(" and ")} steps`;
  });
  const starts = [...new Set(runs.map(({ run }) => `(${run.start.join(", ")})`))];
  return (
    `The best policy has J = ${formatNumber(bestReturn(system), 3)}. ` +
    `From ${starts.join(" and ")} the runs reach the edge of the square ${ends.join(", and ")}.`
  );
}

/** J of the last policy before the run left the square. */
function endReturn(system: System, path: readonly Point[]): number {
  return valuesAt(system, path[path.length - 2]).return;
}

function bestReturn({ problem, gamma }: System): number {
  const best = tabularOptimum(problem, gamma).return;
  return gamma === 1 ? best : (1 - gamma) * best;
}

/** All runs: where they end, as derived and as ours. */
export function runsSection(runs: readonly RunCheck[]): ReproductionSection {
  const pair = ([first, second]: Point): string =>
    `(${first.toFixed(6)}, ${second.toFixed(6)})`.replaceAll("-", "−");
  return {
    heading: "Learning runs",
    sentence:
      `θ ← θ + ${runSettings.step} times the gradient, until a θ is closer than ${runSettings.margin.vanilla} (vanilla) or ` +
      `${runSettings.margin.natural} (natural) to 0 or 1. The last policy before ` +
      `that is the one whose J is given.`,
    table: createTable<RunCheck>(
      [
        { header: "problem", value: ({ system }) => system.title },
        { header: "start", value: ({ run }) => `(${run.start.join(", ")})` },
        { header: "method", value: ({ run }) => run.method },
        { header: "steps", value: ({ run }) => run.path.length - 1 },
        {
          header: "θ outside, derived",
          value: ({ derived }) => pair(derived.last),
          align: "right",
        },
        { header: "ours", value: ({ run }) => pair(run.path[run.path.length - 1]), align: "right" },
        { header: "J before", value: ({ system, run }) => endReturn(system, run.path) },
        { header: "J*", value: ({ system }) => bestReturn(system) },
      ],
      runs,
    ),
  };
}
