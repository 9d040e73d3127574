import { describe } from "vitest";
import {
  bernoulli,
  boundedGaussian,
  categorical,
  diagonalGaussian,
  type Distribution,
  locationGaussian,
  naturalGaussian,
  type Rows,
  rowsFrom,
  verifyDistribution,
} from "../../src/index.ts";
import { randomRows } from "../support/numbers.ts";
import { expectPassed } from "./checks.ts";
import {
  bounded,
  bounds,
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
const implementations: Implementation[] = [
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
  { name: "bernoulli(1)", distribution: bernoulli(1), quadrature: outcomes },
  { name: "bernoulli(3)", distribution: bernoulli(3), quadrature: outcomes },
];

describe.each(implementations)("$name", ({ distribution, quadrature, rows, ruleOut }) => {
  const width = distribution.parameterSize;
  const rowsOf = (count: number, seed: string): Rows => {
    const made = rows?.(count, seed) ?? randomRows(count, width, seed);
    if (seed !== "eta") return made;
    for (let i = 0; i < count; i++) {
      for (const k of ruleOut?.(i) ?? []) made.data[i * width + k] = -Infinity;
    }
    return made;
  };
  expectPassed(
    verifyDistribution(distribution, {
      rows: rowsOf,
      quadrature: (eta) => {
        const nodes = quadrature(eta);
        return {
          actions: rowsFrom(nodes.map(({ action }) => action)),
          weights: Float64Array.from(nodes, ({ weight }) => weight),
        };
      },
    }),
  );
});
