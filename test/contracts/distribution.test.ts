import { describe } from "vitest";
import { type Rows, rowsFrom, verifyDistribution } from "../../src/index.ts";
import { randomRows } from "../support/numbers.ts";
import { expectPassed } from "./checks.ts";
import { implementations } from "./distributions.ts";

describe.each(implementations)(
  "$name",
  ({ distribution, quadrature, rows, median, logVolume, ruleOut }) => {
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
        ...(median && { median }),
        ...(logVolume && { logVolume }),
        quadrature: (eta) => {
          const nodes = quadrature(eta);
          return {
            actions: rowsFrom(nodes.map(({ action }) => action)),
            weights: Float64Array.from(nodes, ({ weight }) => weight),
          };
        },
      }),
    );
  },
);
