import {
  lines,
  type LinesAxis,
  type LinePoint,
  type LinesPanel,
  type LineSeries,
} from "../../figures/index.ts";
import { roundTicks } from "../../figures/ticks.ts";
import type { Comparison } from "./compare.ts";
import type { MethodProfile, Profile } from "./overall.ts";
import type { Estimate } from "./statistics.ts";
import type { TaskComparison } from "./task.ts";
import { scoreText } from "./words.ts";

/** Keys of the styles that are told apart; agents of these names take their own. */
const palette = ["vanilla", "natural", "trpo", "fourth", "fifth", "sixth", "seventh"];

/** The methods that a figure shows, with the keys of their styles: at most as many as there are styles. */
function styled({ methods }: Comparison): Map<string, string> {
  const shown = methods.slice(0, palette.length);
  const rest = palette.filter((key) => !shown.includes(key));
  return new Map(shown.map((name) => [name, palette.includes(name) ? name : (rest.shift() ?? "")]));
}

function noteOn({ methods }: Comparison): { note?: string } {
  if (methods.length <= palette.length) return {};
  const left = methods.length - palette.length;
  return {
    note: `${left} more methods are in the tables: a figure shows at most ${palette.length}.`,
  };
}

/** Learning curves: the interquartile mean over the runs against environment steps, a panel a task. */
export function curvesFigure(document: Document, comparison: Comparison): SVGSVGElement {
  const { tasks, column } = comparison;
  const styles = styled(comparison);
  const several = tasks.length > 1;
  const isDotted = tasks.some(({ threshold }) => threshold !== undefined);
  return lines(document, {
    title: `Learning curves: ${column}`,
    subtitle: `interquartile mean over the runs, with pointwise 95 % bootstrap bands where there are 3 or more${isDotted ? "; dotted: threshold" : ""}`,
    ...noteOn(comparison),
    x: { label: "environment steps" },
    y: { label: column },
    ...(several ? { height: 250, columns: 2 } : { height: 380, names: "ends" }),
    panels: tasks.map((task): LinesPanel => {
      const series = task.methods.flatMap(({ method, curve }): LineSeries[] => {
        const key = styles.get(method);
        if (key === undefined) return [];
        return [
          { ...{ key, label: method }, points: curve.map((point) => pointOf(point.steps, point)) },
        ];
      });
      return {
        ...(several && { title: task.task }),
        ...{ series, ...referenceOf(task) },
        x: stepAxis(task, several ? 3 : 6),
        y: valueAxis(comparison, task, series),
      };
    }),
  });
}

/** Performance profiles: the share of runs that do better than each score. */
export function profilesFigure(document: Document, comparison: Comparison): SVGSVGElement {
  const { profiles, lowerIsBetter } = comparison;
  const styles = styled(comparison);
  const several = profiles.length > 1;
  return lines(document, {
    title: "Performance profiles",
    subtitle: "share of runs with a better score, with pointwise 95 % bootstrap bands",
    note: [`${scoreText(comparison)}.`, ...Object.values(noteOn(comparison))].join(" "),
    x: { label: "score" },
    y: { label: "share of runs" },
    ...(several ? { columns: 2 } : {}),
    height: several ? 250 : 340,
    panels: profiles.map((profile): LinesPanel => {
      const isBelow = lowerIsBetter && profile.task !== undefined;
      const scale = scaleOf(profile, isBelow);
      return {
        ...(several && { title: profile.task ?? "all tasks" }),
        x: {
          label: profile.task === undefined ? "score τ on the scale given" : "score τ",
          ...scale,
        },
        y: {
          label: isBelow ? "share of runs below τ" : "share of runs above τ",
          ...{ domain: [0, 1.02], ticks: [0, 0.25, 0.5, 0.75, 1] },
        },
        series: profile.methods.flatMap((one): LineSeries[] => {
          const key = styles.get(one.method);
          if (key === undefined) return [];
          const points = staircase(profile.thresholds, one, { domain: scale.domain, isBelow });
          return [{ ...{ key, label: one.method }, points }];
        }),
      };
    }),
  });
}

function pointOf(x: number, { value, interval }: Estimate): LinePoint {
  const y = Number.isFinite(value) ? value : NaN;
  return interval === undefined || Number.isNaN(y) ? { x, y } : { x, y, ...interval };
}

/** From 0 to the budget, with about `count` numbers, which are wide. */
function stepAxis({ budget }: TaskComparison, count: number): LinesAxis {
  const domain = [0, budget] as const;
  return { label: "environment steps", domain, ticks: roundTicks(domain, count) };
}

/** The axis of the values: the range asked for; logarithmic for gaps, which are positive. */
function valueAxis(
  { column, lowerIsBetter }: Comparison,
  { range }: TaskComparison,
  series: readonly LineSeries[],
): LinesAxis {
  const values = series.flatMap(({ points }) =>
    points.flatMap(({ y, low = y, high = y }) => (Number.isFinite(y) ? [y, low, high] : [])),
  );
  const finite = values.filter(Number.isFinite);
  if (range !== undefined || finite.length === 0) {
    const isLog = lowerIsBetter && range !== undefined && range[0] > 0;
    return { label: column, domain: range ?? [0, 1], ...(isLog && { type: "log" as const }) };
  }
  if (lowerIsBetter && finite.every((value) => value > 0)) return { label: column, type: "log" };
  return { label: column, domain: withAir(finite) };
}

/** The range of values and a little more, but from 0 where nothing is negative. */
function withAir(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const air = 0.04 * (high - low) || 0.5 * Math.abs(high) || 1;
  return [low >= 0 && low < air * 5 ? 0 : low - air, high + air];
}

function referenceOf({ threshold }: TaskComparison): Pick<LinesPanel, "references"> {
  return threshold === undefined ? {} : { references: [{ y: threshold }] };
}

/** The axis of the scores and a little more on both sides; logarithmic for gaps, which are positive. */
function scaleOf(
  { thresholds }: Profile,
  isBelow: boolean,
): Pick<LinesAxis, "type"> & { readonly domain: readonly [number, number] } {
  if (thresholds.length === 0) return { domain: [0, 1] };
  const [low, high] = [Math.min(...thresholds), Math.max(...thresholds)];
  if (isBelow && low > 0) {
    return { type: "log", domain: [low / 1.3, high * 1.3] };
  }
  const air = 0.03 * (high - low) || 0.5;
  return { domain: [low - air, high + air] };
}

/**
 * The share from edge to edge of the panel, as it stands before and after the jump at each score, which
 * come from the worst to the best: P(score > τ) holds from τ on to the right, P(score < τ) to the left.
 */
function staircase(
  thresholds: readonly number[],
  { start, shares }: MethodProfile,
  { domain: [low, high], isBelow }: { domain: readonly [number, number]; isBelow: boolean },
): LinePoint[] {
  const [worst, best] = isBelow ? [high, low] : [low, high];
  const edges = [worst, ...thresholds, best];
  const points = [start, ...shares].flatMap((share, k) => [
    pointOf(edges[k], share),
    pointOf(edges[k + 1], share),
  ]);
  return isBelow ? points.reverse() : points;
}
