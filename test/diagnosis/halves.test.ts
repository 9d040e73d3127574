import { describe, expect, it } from "vitest";
import {
  type Batch,
  createRandom,
  createSurrogate,
  gradientQuality,
  rewardsToGo,
  zero,
} from "../../src/index.ts";
import { createHalves, markFirstHalf } from "../../src/diagnosis/halves.ts";
import { batchFor, partsOf } from "../support/agent.ts";
import { bits, expectClose } from "../support/close.ts";

const episodesOf = (...lengths: number[]): Batch["episodes"] => {
  let end = 0;
  return lengths.map((length) => {
    end += length;
    return { start: end - length, end, ending: "truncated" as const, elapsed: 0 };
  });
};

describe("halves of a batch", () => {
  const marked = (...lengths: number[]): number[] => {
    const mark = new Uint8Array(lengths.reduce((sum, n) => sum + n, 0));
    markFirstHalf({ episodes: episodesOf(...lengths) } as unknown as Batch, mark);
    return [...mark];
  };

  it("share no episode, and take each where fewer steps are", () => {
    expect(marked(3, 1, 1, 1)).toEqual([1, 1, 1, 0, 0, 0]);
    expect(marked(1, 1, 1, 1)).toEqual([1, 0, 1, 0]);
  });

  it("are the earlier and the later steps of a single episode", () => {
    expect(marked(5)).toEqual([1, 1, 1, 0, 0]);
  });

  it("have the cosine of their gradients, each computed by itself, and leave the weights", () => {
    const { policy } = partsOf();
    const batch = batchFor(policy);
    const count = batch.rewards.length;
    const surrogate = createSurrogate(policy, count);
    surrogate.at(batch);
    surrogate.weights.fill(1 / count);
    rewardsToGo({ discount: 0.9 }).estimate(
      batch,
      zero(),
      surrogate.advantages,
      new Float64Array(count),
    );
    const mark = new Uint8Array(count);
    markFirstHalf(batch, mark);
    const before = bits(surrogate.weights);
    const gradients = [1, 0].map((half) => {
      const sum = new Float64Array(policy.theta.length);
      // One row at a time: ∇log π(aᵢ | oᵢ) Âᵢ.
      for (let i = 0; i < count; i++) {
        if (mark[i] !== half) continue;
        const row = createSurrogate(policy, 1);
        const { width } = batch.observations;
        row.at({
          ...batch,
          observations: {
            count: 1,
            width,
            data: batch.observations.data.subarray(i * width, (i + 1) * width),
          },
          actions: {
            count: 1,
            width: batch.actions.width,
            data: batch.actions.data.subarray(
              i * batch.actions.width,
              (i + 1) * batch.actions.width,
            ),
          },
        });
        row.weights[0] = 1;
        row.advantages[0] = surrogate.advantages[i];
        const g = new Float64Array(sum.length);
        row.gradient(g);
        for (let j = 0; j < g.length; j++) sum[j] += g[j];
      }
      return sum;
    });
    const dot = (a: Float64Array, b: Float64Array): number =>
      a.reduce((s, x, j) => s + x * b[j], 0);
    const [a, b] = gradients;
    const expected = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    const g = new Float64Array(a.length);
    surrogate.gradient(g);
    const halves = createHalves(g.length);
    expectClose(
      [halves.cosine(batch, surrogate), halves.cosine(batch, surrogate, g)],
      [expected, expected],
      1e-9,
    );
    expect(bits(surrogate.weights)).toBe(before);
  });

  it("tell the signal of the whole: √(2c/(1+c)) is its cosine with the truth, 2c/(1−c) its signal to noise", () => {
    const { signalToNoise: one, cosine: diagonal } = gradientQuality(1 / 3);
    expectClose([one, diagonal], [1, Math.SQRT1_2], 1e-15);
    expect(gradientQuality(-0.1)).toEqual({ signalToNoise: NaN, cosine: NaN });
    // Gradients ∇L + noise in 20,000 dimensions, whose cosines hardly vary.
    const random = createRandom("halves");
    const [size, noise] = [20_000, 1.5];
    const half = (): Float64Array =>
      Float64Array.from({ length: size }, () => 1 + noise * Math.SQRT2 * random.normal());
    const [a, b] = [half(), half()];
    const whole = a.map((x, i) => (x + b[i]) / 2);
    const dot = (x: Float64Array, y: Float64Array): number =>
      x.reduce((s, v, i) => s + v * y[i], 0);
    const c = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    const withTruth = whole.reduce((s, v) => s + v, 0) / Math.sqrt(size * dot(whole, whole));
    const { signalToNoise, cosine } = gradientQuality(c);
    // A cosine has a standard error of 1/√size = 0.007, these numbers five times that of c by 1.3 and 3.
    expect(Math.abs(cosine - withTruth)).toBeLessThan(0.05);
    expect(Math.abs(signalToNoise - 1 / noise ** 2)).toBeLessThan(0.11);
  });
});
