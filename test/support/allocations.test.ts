import { expect, test } from "vitest";
import { typedArraysMade } from "./allocations.ts";

test("typedArraysMade counts what is constructed, viewed or copied, and nothing else", () => {
  const array = new Float64Array(4);
  expect(typedArraysMade(() => array.fill(1))).toBe(0);
  expect(typedArraysMade(() => new Float64Array(1))).toBe(1);
  expect(typedArraysMade(() => Float64Array.from([1]))).toBe(1);
  expect(typedArraysMade(() => array.subarray(1))).toBe(1);
  expect(typedArraysMade(() => array.slice())).toBe(1);
});
