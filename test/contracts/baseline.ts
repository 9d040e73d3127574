import { describe, expect, it } from "vitest";
import { type Baseline, createRandom, type Rows, rowsFrom } from "../../src/index.ts";
import { normalRows } from "../support/policies.ts";

/** What every baseline promises. */
export function describeBaseline(name: string, make: () => Baseline): void {
  const observations = normalRows(30, 2, createRandom("baseline"));
  const returns = Float64Array.from({ length: 30 }, (_, i) => Math.cos(i));
  const predict = (baseline: Baseline, at: Rows): Float64Array => {
    const out = new Float64Array(at.count).fill(NaN);
    baseline.predict(at, out);
    return out;
  };

  describe(`${name} as a baseline`, () => {
    it("is zero before the first fit", () => {
      expect([...predict(make(), observations)].every((value) => value === 0)).toBe(true);
    });

    it("predicts the same from the same fit, for any number of rows", () => {
      const [a, b] = [make(), make()];
      for (const baseline of [a, b]) baseline.fit(observations, returns);
      expect(predict(a, observations)).toEqual(predict(b, observations));
      const one = rowsFrom([[...observations.data.subarray(0, 2)]]);
      expect(predict(a, one)[0]).toBe(predict(a, observations)[0]);
    });

    it("writes one number a row and leaves the rest of a longer buffer alone", () => {
      const baseline = make();
      for (let k = 0; k < 2; k++) {
        const out = new Float64Array(35).fill(7);
        baseline.predict(observations, out);
        expect([...out.subarray(30)]).toEqual([7, 7, 7, 7, 7]);
        baseline.fit(observations, returns);
      }
    });

    it("leaves observations and returns alone", () => {
      const [o, r] = [observations.data.slice(), returns.slice()];
      const baseline = make();
      baseline.fit(observations, returns);
      predict(baseline, observations);
      expect(observations.data).toEqual(o);
      expect(returns).toEqual(r);
    });

    it.each([NaN, Infinity, 1e200])("never throws, and stays finite, where it sees %d", (bad) => {
      const baseline = make();
      const broken = rowsFrom([
        [bad, 1],
        [1, 2],
        [2, 1],
      ]);
      expect(() => baseline.fit(broken, Float64Array.of(1, 2, 3))).not.toThrow();
      expect(() => baseline.fit(rowsFrom([[1, 2]]), Float64Array.of(bad))).not.toThrow();
      expect(predict(baseline, observations).every(Number.isFinite)).toBe(true);
    });
  });
}
