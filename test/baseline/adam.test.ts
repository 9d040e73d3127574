import { expect, test } from "vitest";
import { createAdam } from "../../src/baseline/adam.ts";

test("adam's first step is the learning rate against the sign of the gradient", () => {
  const theta = Float64Array.of(1, 1, 1);
  createAdam({ size: 3, learningRate: 0.1 }).descend(Float64Array.of(3, -1e-3, 0), theta);
  expect(theta[0]).toBeCloseTo(0.9, 8);
  expect(theta[1]).toBeCloseTo(1.1, 5);
  expect(theta[2]).toBe(1);
});

test("adam follows its recursion", () => {
  const gradients = [0.5, -1, 2];
  const theta = Float64Array.of(0);
  const adam = createAdam({ size: 1, learningRate: 0.01, epsilon: 1e-5 });
  let [expected, m, s] = [0, 0, 0];
  gradients.forEach((g, i) => {
    adam.descend(Float64Array.of(g), theta);
    m = 0.9 * m + 0.1 * g;
    s = 0.999 * s + 0.001 * g * g;
    const [mHat, sHat] = [m / (1 - 0.9 ** (i + 1)), s / (1 - 0.999 ** (i + 1))];
    expected -= (0.01 * mHat) / (Math.sqrt(sHat) + 1e-5);
    expect(theta[0]).toBeCloseTo(expected, 15);
  });
});

test.each([0, -1, NaN, Infinity])("adam refuses a learning rate of %d", (learningRate) => {
  expect(() => createAdam({ size: 1, learningRate })).toThrow(
    new RangeError(`adam: learningRate must be a positive number, got ${learningRate}`),
  );
});
