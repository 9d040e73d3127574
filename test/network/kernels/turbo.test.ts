import { expect, test, vi } from "vitest";
import {
  createRows,
  diagonalGaussian,
  constantHead,
  kernelConjugateGradient,
  kernelFisher,
  loadKernels,
} from "../../../src/index.ts";
import { loadTurboKernels } from "../../../scripts/kernels/turbo.ts";
import { kernelMlp } from "../../../src/network/kernels/kernel-mlp.ts";
import { createRandom, parameters, relativeError, uniformRows, refereeMlp } from "./fixtures.ts";

test("the turbo kernels are right where this Node has them, and the default ones elsewhere", () => {
  const kernels = loadTurboKernels();
  const asked = process.arch === "x64" && Number.parseInt(process.versions.v8, 10) >= 13;
  if (asked) expect(kernels).toMatchObject({ name: "turbo", refused: [] });
  else expect(kernels.refused[0]).toMatch(/^turbo: needs V8 13 on x64/);

  const widths = [17, 64, 40, 6];
  const random = createRandom("turbo");
  const theta = parameters(random, widths);
  const inputs = uniformRows(random, 500, 17);
  const u = uniformRows(random, 500, 6);
  const [fast, exact] = [
    kernelMlp(kernels, { inputSize: 17, hidden: [64, 40], outputSize: 6 }),
    refereeMlp({ widths, activation: "tanh" }),
  ].map((network) => {
    const point = network.linearisation(500);
    const gradient = new Float64Array(theta.length);
    point.at(theta, inputs);
    point.vjp(u, gradient);
    return [...point.outputs.data, ...gradient];
  });
  expect(relativeError(fast, exact)).toBeLessThan(1e-5);
});

test("every operation of the kernels settles the processor before other code goes on", () => {
  const settle = vi.fn();
  const body = kernelMlp(
    { ...loadKernels(), settle },
    { inputSize: 3, hidden: [8], outputSize: 2 },
  );
  const point = constantHead(body, [0, 0]).linearisation(6);
  const predictor = body.predictor(1);
  const random = createRandom("settle");
  const theta = parameters(random, [3, 8, 2], 2);
  const rows = createRows(6, 4);
  const vector = theta.slice();
  const a = () =>
    kernelFisher().at(point, diagonalGaussian(2), createRows(6, 2), new Float64Array(6).fill(1));
  const operations = {
    at: () => point.at(theta, uniformRows(random, 6, 3)),
    jvp: () => point.jvp(theta, rows),
    vjp: () => point.vjp(rows, vector),
    predict: () => predictor.predict(createRows(1, 3)),
    "fisher.at": a,
    solve: () => kernelConjugateGradient().solve(a(), 0.1, theta, vector),
    apply: () => a().apply(theta, vector),
  };
  predictor.at(theta);
  for (const [name, operation] of Object.entries(operations)) {
    settle.mockClear();
    operation();
    expect(settle.mock.calls.length, name).toBeGreaterThan(0);
  }
});
