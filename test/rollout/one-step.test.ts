import { expect, it } from "vitest";
import { oneStepBatch, rewardsToGo, rowsFrom, zero } from "../../src/index.ts";

const [inputs, labels] = [
  rowsFrom([
    [1, 2],
    [3, 4],
  ]),
  rowsFrom([[0], [1]]),
];

it("oneStepBatch has the rewards as advantages, whatever the discount", () => {
  const rewards = Float64Array.of(3, -2);
  const batch = oneStepBatch(inputs, labels, rewards);
  for (const discount of [0, 0.9]) {
    const [advantages, returns] = [new Float64Array(2), new Float64Array(2)];
    rewardsToGo({ discount }).estimate(batch, zero(), advantages, returns);
    expect(advantages).toEqual(rewards);
  }
  expect(oneStepBatch(inputs, labels).rewards).toEqual(Float64Array.of(1, 1));
  expect(batch.finished).toEqual([
    { return: 3, length: 1 },
    { return: -2, length: 1 },
  ]);
});

it("oneStepBatch refuses rows that do not match", () => {
  expect(() => oneStepBatch(inputs, rowsFrom([[0]]))).toThrow(
    "oneStepBatch: actions must be as many as the 2 observations, got 1",
  );
  expect(() => oneStepBatch(inputs, labels, Float64Array.of(1))).toThrow(
    "oneStepBatch: rewards must be as many as the 2 observations, got 1",
  );
});
