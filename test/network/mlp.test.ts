import { describe, expect, test } from "vitest";
import { createRandom, mlp, type MlpOptions, rowsFrom } from "../../src/index.ts";

const sizes = { inputSize: 2, hidden: [3], outputSize: 1 };

describe("mlp", () => {
  test("θ holds each layer's weight row-major [out][in], then its bias, layer after layer", () => {
    const network = mlp(sizes);
    // W₁ = [[1 2] [3 4] [5 6]], b₁ = [7 8 9], W₂ = [10 11 12], b₂ = 13
    const theta = Float64Array.from({ length: 13 }, (_, i) => (i + 1) / 10);
    const point = network.linearisation(1);
    point.at(theta, rowsFrom([[0.5, -1]]));
    const hidden = [
      Math.tanh(0.1 * 0.5 - 0.2 + 0.7),
      Math.tanh(0.3 * 0.5 - 0.4 + 0.8),
      Math.tanh(0.5 * 0.5 - 0.6 + 0.9),
    ];
    const expected = hidden[0] + 1.1 * hidden[1] + 1.2 * hidden[2] + 1.3;
    expect(network.parameterCount).toBe(13);
    expect(point.outputs.data[0]).toBeCloseTo(expected, 15);
  });

  test("relu passes what is positive and stops the rest, derivatives too", () => {
    const network = mlp({ inputSize: 1, hidden: [2], outputSize: 1, activation: "relu" });
    // h = relu(x, −x), f = 2h₁ + 3h₂
    const theta = Float64Array.of(1, -1, 0, 0, 2, 3, 0);
    const point = network.linearisation(3);
    point.at(theta, rowsFrom([[2], [-2], [0]]));
    expect(Array.from(point.outputs.data)).toEqual([4, 6, 0]);
    const g = new Float64Array(7);
    point.vjp(rowsFrom([[1], [0], [0]]), g);
    expect(Array.from(g)).toEqual([4, 0, 2, 0, 2, 0, 1]);
    point.vjp(rowsFrom([[0], [0], [1]]), g);
    expect(Array.from(g)).toEqual([0, 0, 0, 0, 0, 0, 1]);
  });

  test.each([
    { name: "wide", inputSize: 9, hidden: [4], gain: 1.5 },
    { name: "tall", inputSize: 4, hidden: [9], gain: Math.SQRT2 },
    { name: "square", inputSize: 16, hidden: [16], gain: 1 },
  ])("$name weights start orthogonal with the layer's gain, biases at zero", (layer) => {
    const { inputSize: n, hidden, gain } = layer;
    const [m] = hidden;
    const network = mlp({
      inputSize: n,
      hidden,
      outputSize: 2,
      hiddenGain: gain,
      outputGain: 0.01,
    });
    const theta = new Float64Array(network.parameterCount).fill(NaN);
    network.initialise(theta, createRandom(5));
    const w = (k: number, j: number) => theta[k * n + j];
    const short = Math.min(m, n);
    const entry = (a: number, b: number, j: number) =>
      m <= n ? w(a, j) * w(b, j) : w(j, a) * w(j, b);
    for (let a = 0; a < short; a++) {
      for (let b = 0; b < short; b++) {
        let product = 0;
        for (let j = 0; j < Math.max(m, n); j++) product += entry(a, b, j);
        expect(product).toBeCloseTo(a === b ? gain * gain : 0, 13);
      }
    }
    expect(Array.from(theta.slice(m * n, m * n + m))).toEqual(new Array(m).fill(0));
    const last = theta.slice(m * n + m, m * n + m + m);
    expect(Math.hypot(...last)).toBeCloseTo(0.01, 15);
    expect(Array.from(theta.slice(-2))).toEqual([0, 0]);
  });

  test("a hidden layer more leaves the start of the layers before it as it was", () => {
    const shallow = new Float64Array(mlp(sizes).parameterCount);
    const deep = new Float64Array(mlp({ ...sizes, hidden: [3, 3] }).parameterCount);
    mlp(sizes).initialise(shallow, createRandom(2));
    mlp({ ...sizes, hidden: [3, 3] }).initialise(deep, createRandom(2));
    expect(deep.slice(0, 9)).toEqual(shallow.slice(0, 9));
  });

  test.each<[Partial<MlpOptions>, string]>([
    [{ inputSize: 0 }, "mlp: inputSize must be a positive integer, got 0"],
    [{ outputSize: 1.5 }, "mlp: outputSize must be a positive integer, got 1.5"],
    [{ hidden: [8, -3] }, "mlp: hidden[1] must be a positive integer, got -3"],
    [{ hidden: [NaN] }, "mlp: hidden[0] must be a positive integer, got NaN"],
    [{ hiddenGain: Infinity }, "mlp: hiddenGain must be a finite number, got Infinity"],
    [{ outputGain: NaN }, "mlp: outputGain must be a finite number, got NaN"],
  ])("refuses %o", (options, message) => {
    expect(() => mlp({ ...sizes, ...options })).toThrow(new RangeError(message));
  });

  test("refuses an activation that it does not know, and names those it does", () => {
    const activation = "toString" as "tanh";
    expect(() => mlp({ ...sizes, activation })).toThrow(
      new RangeError("mlp: activation must be one of tanh, relu, got toString"),
    );
  });
});
