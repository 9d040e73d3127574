import { describe, expect, test } from "vitest";
import { dot } from "../../../src/index.ts";
import { kernelLinearisation } from "../../../src/network/kernels/batch.ts";
import { kernelMlp } from "../../../src/network/kernels/kernel-mlp.ts";
import { padTo8, rowStride } from "../../../src/network/kernels/layout.ts";
import { createMachine } from "../../../src/network/kernels/machine.ts";
import { createPlan } from "../../../src/network/kernels/plan.ts";
import {
  ACTIVATIONS,
  BUILDS,
  createRandom,
  createRows,
  parameters,
  relativeError,
  uniformRows,
  uniformVector,
  refereeMlp,
} from "./fixtures.ts";

/** Relative to the largest number of the result. */
const TOLERANCE = 1e-5;

const SHAPES = [
  [1, 1],
  [4, 64, 64, 1],
  [3, 5, 2],
  [17, 17, 17, 17, 6],
  [5, 1, 3],
  [9, 40, 3, 33, 2],
];
const COUNTS = [1, 7, 64, 1000];

const optionsOf = (widths: readonly number[], activation: "tanh" | "relu") => ({
  inputSize: widths[0],
  hidden: widths.slice(1, -1),
  outputSize: widths[widths.length - 1],
  activation,
});

describe.each(BUILDS)("the $name build agrees with float64 to 1e-5", (kernels) => {
  describe.each(SHAPES.map((widths) => ({ widths })))("in a network $widths", ({ widths }) => {
    test.each(ACTIVATIONS)("for y, Jv and Jᵀu of 1 to 1000 rows, %s", (activation) => {
      const random = createRandom(widths.join());
      const theta = parameters(random, widths);
      const v = uniformVector(random, theta.length);
      const network = kernelMlp(kernels, optionsOf(widths, activation));
      const referee = refereeMlp({ widths, activation });
      for (const count of COUNTS) {
        const inputs = uniformRows(random, count, widths[0]);
        const u = uniformRows(random, count, network.outputSize);
        const [jv, jvExact] = [1, 2].map(() => createRows(count, network.outputSize));
        const [ju, juExact] = [1, 2].map(() => new Float64Array(theta.length));
        const fast = network.linearisation(count);
        const exact = referee.linearisation(count);
        for (const [point, tangents, cotangents] of [
          [fast, jv, ju],
          [exact, jvExact, juExact],
        ] as const) {
          point.at(theta, inputs);
          point.jvp(v, tangents);
          point.vjp(u, cotangents);
        }
        expect(relativeError(fast.outputs.data, exact.outputs.data)).toBeLessThan(TOLERANCE);
        expect(relativeError(jv.data, jvExact.data)).toBeLessThan(TOLERANCE);
        expect(relativeError(ju, juExact)).toBeLessThan(TOLERANCE);
        const scale = Math.sqrt(dot(u.data, u.data) * dot(jv.data, jv.data));
        expect(Math.abs(dot(u.data, jv.data) - dot(ju, v)) / scale).toBeLessThan(TOLERANCE);
      }
    });
  });

  test("leaves zeros in every padding lane", () => {
    const widths = [5, 17, 9, 3];
    const random = createRandom("padding");
    const machine = createMachine(kernels.module);
    const plan = createPlan(machine, { widths, activation: "tanh" }, 61);
    const point = kernelLinearisation(plan, createRows(61, 3));
    const theta = parameters(random, widths);
    const gradient = new Float64Array(theta.length);
    for (let repeat = 0; repeat < 2; repeat++) {
      point.at(theta, uniformRows(random, 61, 5));
      point.jvp(theta, createRows(61, 3));
      point.vjp(uniformRows(random, 61, 3), gradient);
    }
    let rows = plan.inputs / 4;
    for (const width of widths) {
      const stride = rowStride(width);
      for (let i = 0; i < 61; i++) {
        const lanes = machine.f32.slice(rows + i * stride + width, rows + (i + 1) * stride);
        expect(lanes.every((lane) => lane === 0)).toBe(true);
      }
      rows = Math.ceil((rows + 61 * stride) / 16) * 16;
    }
    const g = machine.allocate(4 * plan.layout.length);
    machine.kernels.cotangent(plan.net, plan.outputs, g, 0, 61);
    const used = new Set<number>();
    for (const { inputs, outputs, weights, stride, bias } of plan.layout.layers) {
      expect(stride).toBe(padTo8(inputs));
      for (let k = 0; k < outputs; k++) {
        for (let j = 0; j < inputs; j++) used.add(weights + k * stride + j);
        used.add(bias + k);
      }
    }
    const padding = Array.from(machine.f32.slice(g / 4, g / 4 + plan.layout.length)).filter(
      (_, i) => !used.has(i),
    );
    expect(padding.length).toBe(plan.layout.length - theta.length);
    expect(padding.every((lane) => lane === 0)).toBe(true);
  });

  test("gives the same bits again, whatever was computed in between", () => {
    const widths = [6, 33, 20, 4];
    const random = createRandom("bits");
    const network = kernelMlp(kernels, optionsOf(widths, "tanh"));
    const theta = parameters(random, widths);
    const inputs = uniformRows(random, 100, 6);
    const u = uniformRows(random, 100, 4);
    const point = network.linearisation(100);
    const run = (): number[] => {
      const out = new Float64Array(theta.length);
      point.at(theta, inputs);
      point.vjp(u, out);
      return [...point.outputs.data, ...out];
    };
    const first = run();
    point.at(uniformVector(random, theta.length, 3), uniformRows(random, 100, 6));
    point.jvp(uniformVector(random, theta.length, 3), createRows(100, 4));
    expect(run()).toEqual(first);
  });

  test("carries a NaN through to every output that it reaches", () => {
    for (const activation of ACTIVATIONS) {
      const network = kernelMlp(kernels, optionsOf([3, 8, 2], activation));
      const point = network.linearisation(2);
      const theta = parameters(createRandom("nan"), [3, 8, 2]);
      point.at(theta, { count: 2, width: 3, data: Float64Array.of(0, NaN, 0, 1, 1, 1) });
      expect(Array.from(point.outputs.data, Number.isNaN)).toEqual([true, true, false, false]);
    }
  });

  test("predicts rows one by one as it does in a batch, to 1e-6", () => {
    const widths = [4, 64, 64, 1];
    const random = createRandom("predict");
    const network = kernelMlp(kernels, optionsOf(widths, "tanh"));
    const theta = parameters(random, widths);
    const inputs = uniformRows(random, 8, 4);
    const batch = network.predictor(8);
    const single = network.predictor(1);
    batch.at(theta);
    single.at(theta);
    batch.predict(inputs);
    for (let i = 0; i < 8; i++) {
      single.predict({ count: 1, width: 4, data: inputs.data.slice(4 * i, 4 * i + 4) });
      expect(single.outputs.data[0]).toBeCloseTo(batch.outputs.data[i], 6);
    }
  });

  test("notices a θ that was changed in place", () => {
    const widths = [3, 8, 2];
    const network = kernelMlp(kernels, optionsOf(widths, "tanh"));
    const random = createRandom("in place");
    const theta = parameters(random, widths);
    const inputs = uniformRows(random, 5, 3);
    const [point, fresh] = [network.linearisation(5), network.linearisation(5)];
    point.at(theta, inputs);
    theta[theta.length - 1] += 0.5;
    point.at(theta, inputs);
    fresh.at(theta, inputs);
    expect(point.outputs.data).toEqual(fresh.outputs.data);
  });

  test("refuses rows that are not of its shape", () => {
    const network = kernelMlp(kernels, optionsOf([3, 8, 2], "tanh"));
    const theta = parameters(createRandom(0), [3, 8, 2]);
    expect(() => network.linearisation(4).at(theta, createRows(5, 3))).toThrow(
      "inputs must be 4 rows of 3 numbers, got 5 of 3",
    );
    expect(() => network.linearisation(0)).toThrow("positive integer, got 0");
    expect(() => kernelMlp(kernels, optionsOf([3, 0, 2], "tanh"))).toThrow("got 0");
  });
});
