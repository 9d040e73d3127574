import { describe, expect, it } from "vitest";
import {
  type Field,
  integrate,
  type Trajectory,
} from "../../../scripts/reproduce/dormand-prince.ts";

/** The largest distance from the exact solution, at 500 times that are no ends of steps. */
function worst(
  { at }: Trajectory,
  until: number,
  exact: (time: number) => readonly number[],
): number {
  const times = Array.from({ length: 500 }, (_, i) => (until * (i + 0.3)) / 500);
  return Math.max(
    ...times.flatMap((time) => at(time).map((value, k) => Math.abs(value - exact(time)[k]))),
  );
}

const circle: Field = ([x, y]) => [-y, x];
const onCircle = (time: number): number[] => [Math.cos(time), Math.sin(time)];
const growth: Field = ([y]) => [y * (1 - y)];

describe("integrate", () => {
  it("follows a circle and logistic growth, between the ends of steps too", () => {
    const errors = { relative: 1e-10, absolute: 1e-10 };
    const turning = integrate(circle, [1, 0], { until: 20, ...errors });
    expect(worst(turning, 20, onCircle)).toBeLessThan(3e-8);
    const growing = integrate(growth, [0.01], { until: 20, ...errors });
    const logistic = (time: number): number[] => [1 / (1 + 99 * Math.exp(-time))];
    expect(worst(growing, 20, logistic)).toBeLessThan(3e-8);
  });

  it("is of fifth order: ten times the steps for a tolerance 10⁻⁵ times as large", () => {
    const steps = (tolerance: number): number =>
      integrate(circle, [1, 0], { until: 50, relative: tolerance, absolute: tolerance }).times
        .length;
    expect(steps(1e-11) / steps(1e-6)).toBeGreaterThan(8);
    expect(steps(1e-11) / steps(1e-6)).toBeLessThan(12);
  });

  it("errs about as much less as the tolerance is less", () => {
    const error = (tolerance: number): number => {
      const options = { until: 10, relative: tolerance, absolute: tolerance };
      return worst(integrate(circle, [1, 0], options), 10, onCircle);
    };
    expect(error(1e-5) / error(1e-9)).toBeGreaterThan(1e3);
    expect(error(1e-5) / error(1e-9)).toBeLessThan(1e5);
  });

  it("takes steps as long as the solution allows: few where it is at rest for long", () => {
    const { times, at } = integrate(growth, [0.5], { until: 30 });
    expect(times.length).toBeLessThan(100);
    expect(times[0]).toBe(0);
    expect(times[times.length - 1]).toBe(30);
    expect([...times].sort((a, b) => a - b)).toEqual(times);
    expect(at(0)).toEqual([0.5]);
    expect(at(30)[0]).toBeCloseTo(1, 8);
  });

  it("crosses a time so short that it is one step", () => {
    const { times, at } = integrate(circle, [1, 0], { until: 1e-6 });
    expect(times).toEqual([0, 1e-6]);
    expect(at(1e-6)[1]).toBeCloseTo(1e-6, 15);
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      "a time that is not positive",
      () => integrate(circle, [1, 0], { until: 0 }),
      /until must be a positive number, got 0/,
    ],
    [
      "a time outside",
      () => integrate(circle, [1, 0], { until: 1 }).at(1.5),
      /time must lie in \[0, 1\], got 1\.5/,
    ],
    [
      "a solution that ends: ẏ = y² at t = 1",
      () => integrate(([y]) => [y * y], [1], { until: 2 }),
      /a step must be longer than rounding, got none at t = (1|0\.9999)/,
    ],
    [
      "a field that is not a number",
      () => integrate(() => [NaN], [1], { until: 2 }),
      /a step must be longer than rounding, got none at t = 0;/,
    ],
  ])("refuses %s", (_, work, message) => {
    expect(work).toThrow(RangeError);
    expect(work).toThrow(message);
  });
});
