import { expect, test } from "vitest";
import { logSumExp } from "../../src/index.ts";

test("logSumExp is the logarithm of the sum of the exponentials", () => {
  expect(logSumExp(Float64Array.of(0.1, -2, 1.3))).toBeCloseTo(
    Math.log(Math.exp(0.1) + Math.exp(-2) + Math.exp(1.3)),
    15,
  );
});

test("logSumExp neither overflows nor underflows", () => {
  expect(logSumExp(Float64Array.of(1000, 1000))).toBe(1000 + Math.LN2);
  expect(logSumExp(Float64Array.of(-1000, -1000))).toBe(-1000 + Math.LN2);
  expect(logSumExp(Float64Array.of(-1e308, 1e308))).toBe(1e308);
});

test("logSumExp reads `count` numbers from `start`", () => {
  expect(logSumExp(Float64Array.of(9, 1, 1, 9), 1, 2)).toBeCloseTo(1 + Math.LN2, 15);
});

test("logSumExp about the largest keeps the digits that large numbers would swallow", () => {
  expect(logSumExp(Float64Array.of(1e308, 1e308), 0, 2, 1e308)).toBe(Math.LN2);
});

test("logSumExp of no numbers, or of zero weights, is −∞", () => {
  expect(logSumExp(new Float64Array(0))).toBe(-Infinity);
  expect(logSumExp(Float64Array.of(-Infinity, -Infinity))).toBe(-Infinity);
});
