import { expect, test } from "vitest";
import { loadTurboKernels } from "../../../scripts/kernels/turbo.ts";
import { kernelMlp } from "../../../src/network/kernels/kernel-mlp.ts";
import { refereeMlp } from "../../../src/network/kernels/referee.ts";
import { createRandom, parameters, relativeError, uniformRows } from "./fixtures.ts";

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
