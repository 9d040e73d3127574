import { describe, expect, it } from "vitest";
import { createRandom, ridge, type RidgeOptions, type Rows, rowsFrom } from "../../src/index.ts";
import { expectClose, relativeError } from "../support/close.ts";
import { normalRows } from "../support/policies.ts";

const observations = normalRows(60, 3, createRandom("ridge"));
const quadratic = (o: ArrayLike<number>): number =>
  2 - o[0] + 3 * o[2] - 0.5 * o[0] * o[0] + 4 * o[0] * o[1] - o[1] * o[2] + o[2] * o[2];
const rowOf = ({ data, width }: Rows, i: number): Float64Array =>
  data.subarray(i * width, (i + 1) * width);
const targets = (rows: Rows): Float64Array =>
  Float64Array.from({ length: rows.count }, (_, i) => quadratic(rowOf(rows, i)));
const fitAndPredict = (rows: Rows, at: Rows, options?: RidgeOptions): Float64Array => {
  const baseline = ridge(options);
  baseline.fit(rows, targets(observations));
  const out = new Float64Array(at.count);
  baseline.predict(at, out);
  return out;
};

describe("ridge", () => {
  it("recovers a quadratic exactly, also where it has not looked", () => {
    const elsewhere = normalRows(20, 3, createRandom("elsewhere"));
    expectClose(
      fitAndPredict(observations, elsewhere, { regularisation: 0 }),
      targets(elsewhere),
      1e-10,
    );
    expectClose(fitAndPredict(observations, elsewhere), targets(elsewhere), 1e-6);
  });

  it("of degree 1 recovers a plane and misses a quadratic", () => {
    const plane = Float64Array.from({ length: 60 }, (_, i) => {
      const o = rowOf(observations, i);
      return 1 + 2 * o[0] - o[1];
    });
    const baseline = ridge({ degree: 1 });
    const out = new Float64Array(60);
    baseline.fit(observations, plane);
    baseline.predict(observations, out);
    expectClose(out, plane, 1e-6);
    const missed = fitAndPredict(observations, observations, { degree: 1 });
    expect(relativeError(missed, targets(observations))).toBeGreaterThan(0.5);
  });

  it("predicts the same whatever the units of the observations", () => {
    const units = [1e-4, 1, 1e5];
    const scaled = { ...observations, data: observations.data.map((x, i) => x * units[i % 3]) };
    const options = { regularisation: 1e-2 };
    expectClose(
      fitAndPredict(scaled, scaled, options),
      fitAndPredict(observations, observations, options),
      1e-9,
    );
  });

  // With unit features, (N + Nλ) w = Σ y for a constant.
  it("shrinks by 1/(1 + λ) a fit to one observation seen many times", () => {
    const baseline = ridge({ regularisation: 0.25 });
    baseline.fit(rowsFrom([[0], [0], [0]]), Float64Array.of(1, 2, 6));
    const out = new Float64Array(1);
    baseline.predict(rowsFrom([[0]]), out);
    expect(out[0]).toBeCloseTo(3 / 1.25, 14);
  });

  it("keeps the last fit where the next has no solution", () => {
    const baseline = ridge();
    const [before, after] = [new Float64Array(60), new Float64Array(60)];
    baseline.fit(observations, targets(observations));
    baseline.predict(observations, before);
    baseline.fit(observations, new Float64Array(60).fill(NaN));
    baseline.predict(observations, after);
    expect(after).toEqual(before);
  });

  it("forgets the last fit where the next has one", () => {
    const baseline = ridge();
    const out = new Float64Array(60);
    baseline.fit(observations, targets(observations));
    baseline.fit(observations, new Float64Array(60).fill(5));
    baseline.predict(observations, out);
    expectClose(out, new Float64Array(60).fill(5), 1e-7);
  });
});
