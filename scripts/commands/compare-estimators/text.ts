import { formatNumber } from "../../support/numbers.ts";
import type { Quality, Statistic } from "../../estimators/quality.ts";
import type { EstimatorComparison, Line } from "./compare.ts";

interface Column {
  readonly title: string;
  readonly value: (quality: Quality) => string;
}

const columns: readonly Column[] = [
  { title: "bias", value: ({ bias }) => between(bias, percent) },
  { title: "spread", value: ({ spread }) => between(spread, percent) },
  { title: "cos ∇J", value: ({ cosine }) => between(cosine, decimals) },
  { title: "cos F⁻¹∇J by F̂", value: ({ naturalCosine }) => between(naturalCosine, decimals) },
  {
    title: "by F",
    value: ({ exactNaturalCosine: exact }) => (exact ? between(exact, decimals) : "–"),
  },
  { title: "SNR", value: ({ snr }) => between(snr, (value) => formatNumber(value, 3)) },
];

/** A comparison for people: a table for each number of roll-outs, and what was left out. */
export function comparisonText(comparison: EstimatorComparison): string {
  const { lines } = comparison;
  const sizes = [...new Set(lines.map(({ rollouts }) => rollouts))];
  const tables = sizes.flatMap((size) => tableOf(size, lines));
  return `${[...heading(comparison), ...tables, ...notes(comparison)].join("\n")}\n`;
}

function heading(comparison: EstimatorComparison): string[] {
  const { environment, theta, discount, horizon, seed, repetitions } = comparison;
  const show = (values: readonly number[]): string =>
    values.map((value) => formatNumber(value)).join(", ");
  return [
    `${environment} at θ = (${show(theta)}), γ = ${discount}, episodes of ${horizon} steps, seed ${seed}`,
    `J = ${formatNumber(comparison.return)}, ∇J = (${show(comparison.gradient)}), F⁻¹∇J = (${show(comparison.naturalGradient)})`,
    `Statistics of ${repetitions} repetitions with 95 % intervals; bias (along ∇J) and spread in % of ‖∇J‖`,
  ];
}

function tableOf(size: number, lines: readonly Line[]): string[] {
  const rows = [
    [`M = ${size}`, ...columns.map(({ title }) => title)],
    ...lines.flatMap(({ rollouts, estimator, quality }) =>
      rollouts === size && quality !== undefined && Number.isFinite(quality.cosine.value)
        ? [[estimator, ...columns.map(({ value }) => value(quality))]]
        : [],
    ),
  ];
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return [
    "",
    ...rows.map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
        .join("  "),
    ),
  ];
}

function notes({ lines, repetitions }: EstimatorComparison): string[] {
  const left = lines.flatMap(({ estimator, rollouts, refusal }) =>
    refusal === undefined ? [] : [`Left out: ${estimator} at M = ${rollouts}, ${refusal}.`],
  );
  const failed = lines.flatMap(({ estimator, rollouts, quality }) =>
    quality === undefined || quality.failures === 0
      ? []
      : [
          `No estimate: ${estimator} at M = ${rollouts}, in ${quality.failures} of ${repetitions} repetitions.`,
        ],
  );
  return left.length + failed.length > 0 ? ["", ...left, ...failed] : [];
}

function between({ value, low, high }: Statistic, format: (value: number) => string): string {
  return `${format(value)} [${format(low)}, ${format(high)}]`;
}

const percent = (value: number): string => formatNumber(100 * value, 3);
const decimals = (value: number): string => (Number.isNaN(value) ? "–" : value.toFixed(3));
