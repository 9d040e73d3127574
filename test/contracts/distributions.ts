import {
  bernoulli,
  boundedGaussian,
  categorical,
  diagonalGaussian,
  type Distribution,
  locationGaussian,
  naturalGaussian,
  product,
  type Rows,
  squashedGaussian,
} from "../../src/index.ts";
import { randomRows } from "../support/numbers.ts";
import {
  bounded,
  bounds,
  combinations,
  correlated,
  enumeration,
  fine,
  fineBounded,
  hermite,
  located,
  naturalRows,
  outcomes,
  type Quadrature,
  sigmas,
} from "./quadratures.ts";

interface Implementation {
  readonly name: string;
  readonly distribution: Distribution;
  readonly quadrature: Quadrature;
  /** Parameters where not any numbers are; standard normal ones by default. */
  readonly rows?: (count: number, seed: string) => Rows;
  /** Whether `mode` gives a median and not the most probable action. */
  readonly median?: boolean;
  /** log |da/du| where the numbers of an action are another u. */
  readonly logVolume?: (action: Float64Array) => number;
  /** Where η of a row is −∞. */
  readonly ruleOut?: (row: number) => number[];
}

/** Standard normal μ and, below 1, σ. */
const smallSigma =
  (size: number) =>
  (count: number, seed: string): Rows => {
    const rows = randomRows(count, 2 * size, seed);
    rows.data.forEach((x, k) => {
      if (k % (2 * size) >= size) rows.data[k] = -Math.abs(x);
    });
    return rows;
  };

/** log |da/du| of actions squashed into boxes of these widths, from the definition. */
const squashedFrom =
  (...widths: number[]) =>
  (u: Float64Array): number =>
    widths.reduce((sum, width, k) => sum + Math.log(width / 2) - 2 * Math.log(Math.cosh(u[k])), 0);

const natural = (size: number): Implementation => ({
  ...{ name: `naturalGaussian(${size})`, distribution: naturalGaussian(size) },
  ...{ quadrature: correlated(size), rows: (count, seed) => naturalRows(size, count, seed) },
});

/** One row per implementation. */
export const implementations: Implementation[] = [
  { name: "diagonalGaussian(1)", distribution: diagonalGaussian(1), quadrature: hermite },
  { name: "diagonalGaussian(3)", distribution: diagonalGaussian(3), quadrature: hermite },
  { name: "boundedGaussian(1)", distribution: boundedGaussian(1, bounds), quadrature: bounded },
  { name: "boundedGaussian(3)", distribution: boundedGaussian(3, bounds), quadrature: bounded },
  {
    ...{ name: "squashedGaussian(1)", distribution: squashedGaussian({ low: [-2], high: [3] }) },
    ...{ quadrature: fine, median: true, rows: smallSigma(1), logVolume: squashedFrom(5) },
  },
  {
    ...{ name: "squashedGaussian(2)", quadrature: fine, median: true, rows: smallSigma(2) },
    logVolume: squashedFrom(2, 0.5),
    distribution: squashedGaussian({ low: [-1, 0], high: [1, 0.5] }),
  },
  {
    ...{ name: "squashedGaussian(1), bounded", quadrature: fineBounded, median: true },
    logVolume: squashedFrom(5),
    distribution: squashedGaussian({ low: [-2], high: [3] }, bounds),
  },
  { name: "locationGaussian", distribution: locationGaussian(sigmas), quadrature: located },
  natural(1),
  natural(3),
  { name: "categorical(2)", distribution: categorical(2), quadrature: enumeration },
  { name: "categorical(5)", distribution: categorical(5), quadrature: enumeration },
  {
    ...{ name: "categorical(6), one to four of them ruled out", distribution: categorical(6) },
    ...{ quadrature: enumeration, ruleOut: (row) => [0, 5, 2, 3].slice(0, row + 1) },
  },
  {
    ...{ name: "product of softmaxes", distribution: product([2, 4, 3].map(categorical)) },
    quadrature: combinations([2, 4, 3].map((width) => ({ width, quadrature: enumeration }))),
    ruleOut: (row) => [3, 6].slice(0, row),
  },
  {
    name: "product of a softmax and a Gaussian",
    distribution: product([categorical(3), diagonalGaussian(2)]),
    quadrature: combinations([
      { width: 3, quadrature: enumeration },
      { width: 4, quadrature: hermite },
    ]),
  },
  { name: "bernoulli(1)", distribution: bernoulli(1), quadrature: outcomes },
  { name: "bernoulli(3)", distribution: bernoulli(3), quadrature: outcomes },
];
