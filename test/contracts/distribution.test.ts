import { describe, expect, test } from "vitest";
import { createRandom, createRows, type Rows, rowsFrom } from "../../src/index.ts";
import { randomRows, relativeError } from "../support/numbers.ts";
import { implementations } from "./distributions.ts";

describe.each(implementations)("$name", ({ distribution, quadrature, rows, median, ruleOut }) => {
  const COUNT = 4;
  const { parameterSize: width, actionSize, factor, quadrature: quadratureOf } = distribution;
  const rowsOf = rows ?? ((count: number, seed: string) => randomRows(count, width, seed));
  const eta = rowsOf(COUNT, "eta");
  for (let i = 0; i < COUNT; i++) {
    for (const k of ruleOut?.(i) ?? []) eta.data[i * width + k] = -Infinity;
  }
  const other = rowsOf(COUNT, "other");
  const rowOf = (rows: Rows, i: number) => rows.data.slice(i * width, (i + 1) * width);
  const repeat = (row: Float64Array, count: number): Rows =>
    rowsFrom(Array.from({ length: count }, () => Array.from(row)));

  /** Quadrature for row i, with log π and the score at its actions. */
  const nodesOf = (i: number) => {
    const nodes = quadrature(rowOf(eta, i));
    const etas = repeat(rowOf(eta, i), nodes.length);
    const actions = rowsFrom(nodes.map((node) => node.action));
    const scores = createRows(nodes.length, width);
    const logProbs = new Float64Array(nodes.length);
    distribution.score(etas, actions, scores);
    distribution.logProb(etas, actions, logProbs);
    return nodes.map((node, n) => ({ ...node, score: rowOf(scores, n), logProb: logProbs[n] }));
  };
  /** M(ηᵢ), column after column. */
  const fisherOf = (i: number) => {
    const basis = createRows(width, width);
    for (let k = 0; k < width; k++) basis.data[k * width + k] = 1;
    distribution.applyFisher(repeat(rowOf(eta, i), width), basis, basis);
    return basis.data;
  };
  const klOf = (p: Rows, q: Rows) => {
    const out = new Float64Array(p.count);
    distribution.kl(p, q, out);
    return out;
  };

  test.for([0, 1, 2, 3])("E[score] = 0, row %i", (i) => {
    for (let k = 0; k < width; k++) {
      const mean = nodesOf(i).reduce((sum, { score, weight }) => sum + weight * score[k], 0);
      expect(Math.abs(mean)).toBeLessThan(1e-14);
    }
  });

  test.for([0, 1, 2, 3])("E[score scoreᵀ] = M, row %i", (i) => {
    const outer = new Float64Array(width * width);
    for (const { score, weight } of nodesOf(i)) {
      for (let j = 0; j < width * width; j++) {
        outer[j] += weight * score[Math.floor(j / width)] * score[j % width];
      }
    }
    expect(relativeError(fisherOf(i), outer)).toBeLessThan(1e-13);
  });

  test.skipIf(factor === undefined).for([0, 1, 2, 3])("M = LLᵀ, row %i", (i) => {
    const product = new Float64Array(width * width);
    const column = createRows(COUNT, width);
    for (let c = 0; c < (factor?.columns ?? 0); c++) {
      factor?.column(eta, c, column);
      const l = rowOf(column, i);
      for (let j = 0; j < width * width; j++) {
        product[j] += l[Math.floor(j / width)] * l[j % width];
      }
    }
    expect(relativeError(product, fisherOf(i))).toBeLessThan(1e-14);
  });

  test.skipIf(quadratureOf === undefined).for([0, 1, 2, 3])(
    "its own quadrature gives the moments of the score, row %i",
    (i) => {
      const own = quadratureOf?.(3);
      const [actions, weights] = [createRows(COUNT, actionSize), new Float64Array(COUNT)];
      const scores = createRows(COUNT, width);
      let total = 0;
      const outer = new Float64Array(width * width);
      for (let n = 0; n < (own?.count ?? 0); n++) {
        own?.node(eta, n, actions, weights);
        distribution.score(eta, actions, scores);
        const s = rowOf(scores, i);
        total += weights[i];
        outer.forEach((_, j) => {
          outer[j] += weights[i] * s[Math.floor(j / width)] * s[j % width];
        });
      }
      expect(total).toBeCloseTo(1, 13);
      expect(relativeError(fisherOf(i), outer)).toBeLessThan(1e-12);
    },
  );

  test("the score is the derivative of log π with respect to η", () => {
    const actions = createRows(COUNT, actionSize);
    distribution.sample(eta, createRandom(1), actions);
    const scores = createRows(COUNT, width);
    distribution.score(eta, actions, scores);
    const logProbAt = (k: number, h: number) => {
      const moved = { ...eta, data: eta.data.map((x, j) => (j % width === k ? x + h : x)) };
      const out = new Float64Array(COUNT);
      distribution.logProb(moved, actions, out);
      return out;
    };
    const h = 1e-5;
    for (let k = 0; k < width; k++) {
      const [ahead, behind] = [logProbAt(k, h), logProbAt(k, -h)];
      for (let i = 0; i < COUNT; i++) {
        const difference = (ahead[i] - behind[i]) / (2 * h);
        expect(scores.data[i * width + k]).toBeCloseTo(difference, 7);
      }
    }
  });

  test("KL(p ‖ q) = E_p[log p − log q] and is positive", () => {
    const kl = klOf(eta, other);
    for (let i = 0; i < COUNT; i++) {
      const nodes = nodesOf(i);
      const logQ = new Float64Array(nodes.length);
      const actions = rowsFrom(nodes.map((node) => node.action));
      distribution.logProb(repeat(rowOf(other, i), nodes.length), actions, logQ);
      const mean = nodes.reduce((sum, { weight, logProb }, n) => {
        return sum + weight * (logProb - logQ[n]);
      }, 0);
      expect(kl[i]).toBeGreaterThan(0);
      expect(Math.abs(kl[i] - mean)).toBeLessThan(1e-12 * (1 + mean));
    }
  });

  test("KL(p ‖ p) = 0 exactly", () => {
    expect(klOf(eta, eta)).toEqual(new Float64Array(COUNT));
  });

  test("KL is not negative however close the two are", () => {
    for (const h of [1e-3, 1e-6, 1e-9, 1e-12]) {
      const near = { ...eta, data: eta.data.map((x, j) => x + h * other.data[j]) };
      for (const kl of klOf(eta, near)) expect(kl).toBeGreaterThanOrEqual(0);
    }
  });

  test.for([0, 1, 2, 3])("the Hessian of KL(η ‖ η′) in η′ at η is M, row %i", (i) => {
    const h = 1e-4;
    const klAt = (j: number, a: number, k: number, b: number) => {
      const moved = repeat(rowOf(eta, i), 1);
      moved.data[j] += a * h;
      moved.data[k] += b * h;
      return klOf(repeat(rowOf(eta, i), 1), moved)[0];
    };
    const hessian = Float64Array.from({ length: width * width }, (_, at) => {
      const [j, k] = [Math.floor(at / width), at % width];
      const sum = klAt(j, 1, k, 1) - klAt(j, 1, k, -1) - klAt(j, -1, k, 1) + klAt(j, -1, k, -1);
      return sum / (4 * h * h);
    });
    expect(relativeError(hessian, fisherOf(i))).toBeLessThan(1e-6);
  });

  test("applyFisher may write over its argument", () => {
    const v = randomRows(COUNT, width, "v");
    const out = createRows(COUNT, width);
    distribution.applyFisher(eta, v, out);
    distribution.applyFisher(eta, v, v);
    expect(v.data).toEqual(out.data);
  });

  test("the entropy is −E[log π]", () => {
    const entropy = new Float64Array(COUNT);
    distribution.entropy(eta, entropy);
    for (let i = 0; i < COUNT; i++) {
      const mean = nodesOf(i).reduce((sum, { weight, logProb }) => sum + weight * logProb, 0);
      expect(entropy[i]).toBeCloseTo(-mean, 12);
    }
  });

  test.skipIf(median)("no action is more probable than the mode", () => {
    const modes = createRows(COUNT, actionSize);
    distribution.mode(eta, modes);
    const atMode = new Float64Array(COUNT);
    distribution.logProb(eta, modes, atMode);
    for (let i = 0; i < COUNT; i++) {
      for (const { logProb } of nodesOf(i)) expect(logProb).toBeLessThanOrEqual(atMode[i]);
    }
  });

  test("samples are distributed as log π says: their mean score is 0 and its covariance M", () => {
    const draws = 40_000;
    const etas = repeat(rowOf(eta, 0), draws);
    const actions = createRows(draws, actionSize);
    const scores = createRows(draws, width);
    distribution.sample(etas, createRandom("samples"), actions);
    distribution.score(etas, actions, scores);
    const m = fisherOf(0);
    for (let k = 0; k < width; k++) {
      let mean = 0;
      let square = 0;
      for (let i = 0; i < draws; i++) {
        mean += scores.data[i * width + k] / draws;
        square += scores.data[i * width + k] ** 2 / draws;
      }
      const variance = m[k * width + k];
      expect(Math.abs(mean)).toBeLessThanOrEqual(5 * Math.sqrt(variance / draws));
      // The fourth moment of these scores is below 60 M².
      const deviation = variance * Math.sqrt(60 / draws);
      expect(Math.abs(square - variance)).toBeLessThanOrEqual(5 * deviation);
    }
  });

  test("the same seed gives the same sample", () => {
    const [a, b] = [createRows(COUNT, actionSize), createRows(COUNT, actionSize)];
    distribution.sample(eta, createRandom(9), a);
    distribution.sample(eta, createRandom(9), b);
    expect(a.data).toEqual(b.data);
  });
});
