import { describe, expect, it } from "vitest";
import { integrate } from "../../../scripts/reproduce/dormand-prince.ts";
import {
  firstTime,
  type Geometry,
  logarithmicTimes,
  naturalFlow,
  rangeAlong,
  vanillaFlow,
} from "../../../scripts/reproduce/gradient-flow.ts";
import { expectClose } from "../../support/close.ts";

/** J = −½(x² + 4y²), whose Hessian serves as the metric. */
const bowl = ([x, y]: readonly number[]): Geometry => ({
  gradient: [-x, -4 * y],
  fisher: [
    [1, 0],
    [0, 4],
  ],
});
const options = { until: 5, relative: 1e-10, absolute: 1e-12 };

describe("a gradient flow", () => {
  it("of the vanilla gradient decays by the curvature in each direction", () => {
    const { at } = integrate(vanillaFlow(bowl), [1, 1], options);
    expectClose(at(1.3), [Math.exp(-1.3), Math.exp(-4 * 1.3)], 1e-8);
  });

  it("of the natural gradient decays alike in both, and with damping λ by h/(h + λ)", () => {
    expectClose(
      integrate(naturalFlow(bowl, 0), [1, 1], options).at(1.3),
      [Math.exp(-1.3), Math.exp(-1.3)],
      1e-8,
    );
    expectClose(
      integrate(naturalFlow(bowl, 1), [1, 1], options).at(1.3),
      [Math.exp(-1.3 / 2), Math.exp((-1.3 * 4) / 5)],
      1e-8,
    );
  });

  it("solves with the whole metric, not with its diagonal", () => {
    const field = naturalFlow(
      () => ({
        gradient: [1, 0],
        fisher: [
          [2, 1],
          [1, 2],
        ],
      }),
      0,
    );
    expectClose(field([0, 0]), [2 / 3, -1 / 3], 1e-14);
  });
});

describe("along a trajectory", () => {
  const decay = integrate(([y]) => [-y], [1], options);

  it("the first time at which something holds is found to rounding", () => {
    expect(firstTime(decay, ([y]) => y <= 0.5)).toBeCloseTo(Math.LN2, 9);
    expect(firstTime(decay, ([y]) => y <= 2)).toBe(0);
    expect(firstTime(decay, ([y]) => y < 0)).toBeUndefined();
  });

  it("the range of a quantity is that until the given time, turning points included", () => {
    const turning = integrate(([x, y]) => [-y, x], [1, 0], options);
    const height = ([, y]: readonly number[]): number => y;
    const range = rangeAlong(turning, 2, height);
    expect(range.largest).toBeCloseTo(1, 4);
    expect(range.least).toBe(0);
    expect(rangeAlong(turning, 0.5, height).largest).toBeCloseTo(Math.sin(0.5), 9);
  });

  it("times for a logarithmic axis have a common ratio and both ends", () => {
    const times = logarithmicTimes(0.1, 100, 4);
    expect(times).toHaveLength(13);
    expectClose([times[0], times[4], times[12]], [0.1, 1, 100], 1e-14);
  });
});
