/**
 * Values computed independently of natgrad from the settings in Peters' policy gradient library
 * (`TwoState_DF.m`, `TwoState_AF.m`, `Bartlett.m`). They are derived, not published: the library holds
 * programs and prints no numbers.
 */
import type { Method } from "./runs.ts";
import type { System } from "./systems.ts";

/** TwoState_DF at θ = (0.43, 0.67), J normalised by 1 − γ; to six decimals. */
export const pointValues = {
  theta: [0.43, 0.67],
  return: 0.614613,
  values: [6.364063, 5.928207],
  /** A(1, ·) and A(2, ·). */
  advantages: [
    [1.363594, -1.028676],
    [-0.200551, 0.407179],
  ],
  stateDistribution: [0.537007, 0.462993],
  gradient: [1.284665, -0.281375],
  naturalGradient: [0.586345, -0.134369],
} as const;

/** A learning run: its steps until a θ leaves, and θ then to six decimals. */
export interface RunValues {
  readonly system: System["id"];
  readonly start: readonly [number, number];
  readonly method: Method;
  readonly steps: number;
  readonly last: readonly [number, number];
}

/** The learning runs of the library, made by `test/fixtures/tabular.py`. */
export const runValues: readonly RunValues[] = [
  {
    system: "discounted",
    start: [0.1, 0.9],
    method: "vanilla",
    steps: 7,
    last: [1.322607, 0.754901],
  },
  {
    system: "discounted",
    start: [0.1, 0.9],
    method: "natural",
    steps: 32,
    last: [0.999903, 0.933422],
  },
  {
    system: "discounted",
    start: [0.1, 0.5],
    method: "vanilla",
    steps: 7,
    last: [0.450446, -0.088617],
  },
  {
    system: "discounted",
    start: [0.1, 0.5],
    method: "natural",
    steps: 31,
    last: [0.999932, 0.623684],
  },
  {
    system: "average",
    start: [0.1, 0.9],
    method: "vanilla",
    steps: 6,
    last: [1.013663, 0.757845],
  },
  {
    system: "average",
    start: [0.1, 0.9],
    method: "natural",
    steps: 31,
    last: [0.999915, 0.951609],
  },
  {
    system: "average",
    start: [0.1, 0.5],
    method: "vanilla",
    steps: 6,
    last: [0.383231, -0.036337],
  },
  {
    system: "average",
    start: [0.1, 0.5],
    method: "natural",
    steps: 29,
    last: [0.999934, 0.700665],
  },
  {
    system: "bartlett",
    start: [0.1, 0.9],
    method: "vanilla",
    steps: 60,
    last: [0.965797, -0.002691],
  },
  {
    system: "bartlett",
    start: [0.1, 0.9],
    method: "natural",
    steps: 377,
    last: [0.999901, 0.000099],
  },
  {
    system: "bartlett",
    start: [0.1, 0.5],
    method: "vanilla",
    steps: 29,
    last: [0.57919, -0.00432],
  },
  {
    system: "bartlett",
    start: [0.1, 0.5],
    method: "natural",
    steps: 287,
    last: [0.99906, 0.000099],
  },
];
