import { formatNumber } from "../../support/numbers.ts";
import type { Comparison, Line, Measured } from "./compare.ts";

interface Column {
  readonly title: string;
  readonly value: (measured: Measured) => string;
}

const columns: readonly Column[] = [
  { title: "cosine", value: ({ cosine }) => formatCosine(cosine) },
  { title: "model's KL", value: ({ modelKl }) => formatNumber(modelKl, 3) },
  { title: "KL", value: ({ kl }) => formatNumber(kl, 3) },
  { title: "α gᵀw", value: ({ predictedGain }) => formatNumber(predictedGain, 3) },
  { title: "gain", value: ({ gain }) => formatNumber(gain, 3) },
  { title: "iterations", value: ({ iterations }) => String(iterations) },
  { title: "residual", value: ({ residual }) => formatResidual(residual) },
  { title: "ms", value: ({ milliseconds }) => formatNumber(milliseconds, 3) },
];

/** A comparison for people: a heading, an aligned table, and why the rest does not apply. */
export function comparisonText(comparison: Comparison): string {
  const applicable = comparison.methods.filter(({ measured }) => measured !== undefined);
  const rows = [
    ["method", ...columns.map(({ title }) => title), "memory"],
    ...applicable.map((line) => cells(line)),
  ];
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const table = rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  "),
  );
  const notes = comparison.methods.flatMap((line) => noteOn(line, comparison.damping));
  return `${[...heading(comparison), "", ...table, ...(notes.length ? ["", ...notes] : [])].join("\n")}\n`;
}

/** Why a line is missing or empty. */
function noteOn({ method, refusal, measured }: Line, damping: number): string[] {
  if (refusal !== undefined) return [`Left out: ${method}, ${refusal}.`];
  if (measured?.status !== "not-positive-definite") return [];
  return [
    `Failed: ${method}, F̂ + λI is not positive definite at λ = ${damping}; give a --damping.`,
  ];
}

function heading(comparison: Comparison): string[] {
  const { seed, steps, parameters, damping, kl } = comparison;
  const { method, residual, iterations } = comparison.reference;
  const took = iterations === 0 ? "" : ` in ${iterations} iterations`;
  return [
    `${policyOf(comparison)}, seed ${seed}: N = ${steps} steps, P = ${parameters} parameters`,
    `(F + λI) w = g with λ = ${damping}; steps α = √(2δ / wᵀFw) with δ = ${kl} nats`,
    `Cosines are with ${method}, residual ${residual.toExponential(1)}${took}`,
  ];
}

/** Whose policy it is, and how long it has learnt. */
function policyOf({ environment, agent, updates, run }: Comparison): string {
  if (run === undefined) return `${environment}, ${agent} after ${updates} updates`;
  const end = `${environment}, ${agent} of ${run.folder}, which ended at update ${run.update} (${run.steps} steps)`;
  return updates === 0 ? end : `${end}, after ${updates} more updates`;
}

function cells({ method, bytes, measured }: Line): string[] {
  const values = columns.map(({ value }) => (measured === undefined ? "–" : value(measured)));
  return [method, ...values, formatBytes(bytes)];
}

function formatCosine(value: number): string {
  return Number.isNaN(value) ? "–" : value.toFixed(4);
}

function formatResidual(value: number): string {
  return Number.isNaN(value) ? "–" : value.toExponential(1);
}

function formatBytes(bytes: number): string {
  if (bytes < 1e3) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
