import type { BenchRow, Elsewhere } from "./bench.ts";
import type { PeerCase } from "./peer.ts";

/** Figures of other libraries that were measured on other machines: to look at, never to divide by. */
const ZEN5 = "AMD EPYC Zen 5, 1 thread";
const CORES2 = "another 2-core machine, 1 core";

/** torch 2.13.0 on the CPU, µs a call, by work, widths and rows. */
const torchMicroseconds: Readonly<Record<string, number>> = {
  "row 4-64-64-1 1": 31.8,
  "row 17-64-64-6 1": 21.8,
  "row 376-256-256-17 1": 28.4,
  "product 4-64-64-1 64": 428,
  "product 4-64-64-1 2048": 3325,
  "product 4-64-64-1 10000": 22_743,
  "product 17-64-64-6 64": 411,
  "product 17-64-64-6 2048": 2934,
  "product 17-64-64-6 10000": 19_332,
  "product 376-256-256-17 64": 1403,
  "product 376-256-256-17 2048": 33_965,
  "product 376-256-256-17 10000": 214_214,
  "gradient 4-64-64-1 2048": 2473,
  "gradient 17-64-64-6 2048": 1812,
  "gradient 376-256-256-17 2048": 22_759,
  // gradient and 10 iterations of conjugate gradient, without a line search
  "update 4-64-64-1 2048": 39_600,
  "update 17-64-64-6 2048": 33_000,
  "update 376-256-256-17 2048": 400_000,
};

export function torchSeconds(
  work: PeerCase["what"],
  widths: readonly number[],
  rows: number,
): Pick<BenchRow, "elsewhere"> {
  const microseconds = torchMicroseconds[`${work} ${widths.join("-")} ${rows}`];
  if (!(microseconds > 0)) return {};
  const what = work === "update" ? "torch 2.13, no line search" : "torch 2.13";
  return { elsewhere: { seconds: microseconds / 1e6, what, machine: ZEN5 } };
}

/** Loops over CartPole-v1 and a whole run on it, steps a second. */
export const loops: Readonly<Record<"random" | "linear" | "training", Elsewhere>> = {
  random: { seconds: 1 / 136_273, what: "gymnasium 1.3", machine: CORES2 },
  linear: { seconds: 1 / 154_000, what: "gymnasium 1.3 + numpy", machine: ZEN5 },
  training: { seconds: 1 / 2536, what: "sb3-contrib 2.9", machine: CORES2 },
};
