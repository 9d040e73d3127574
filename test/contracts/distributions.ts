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
} from "../../src/index.ts";
import {
  bounded,
  bounds,
  combinations,
  correlated,
  enumeration,
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
  /** Where η of a row is −∞. */
  readonly ruleOut?: (row: number) => number[];
}

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
