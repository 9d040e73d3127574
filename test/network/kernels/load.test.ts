import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  BUILD_NAMES,
  compileKernels,
  modulePath,
  moduleSource,
} from "../../../scripts/kernels/compile.ts";
import { relaxed } from "../../../src/network/kernels/binaries/relaxed.ts";
import { simd } from "../../../src/network/kernels/binaries/simd.ts";
import { turbo } from "../../../src/network/kernels/binaries/turbo.ts";
import { kernelMlp } from "../../../src/network/kernels/kernel-mlp.ts";
import { loadKernels } from "../../../src/network/kernels/load.ts";
import { selfTest } from "../../../src/network/kernels/self-test.ts";
import { createRandom, parameters, uniformRows, refereeMlp } from "./fixtures.ts";

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

afterEach(() => void vi.unstubAllGlobals());

describe("loadKernels", () => {
  test("takes relaxed where the engine has it, else simd", () => {
    const kernels = loadKernels();
    expect(["relaxed", "simd"]).toContain(kernels.name);
    expect(kernels.refused.length).toBe(kernels.name === "relaxed" ? 0 : 1);
  });

  test("takes the builds in the order asked for", () => {
    expect(loadKernels({ builds: ["simd", "relaxed"] }).name).toBe("simd");
    expect(loadKernels({ builds: [] }).name).toBe("float64");
  });

  test("passes over a build that the engine does not compile, and says so", () => {
    const compile = WebAssembly.Module;
    let calls = 0;
    vi.stubGlobal("WebAssembly", {
      ...{ Memory: WebAssembly.Memory, Instance: WebAssembly.Instance },
      Module: function (bytes: BufferSource) {
        if (calls++ === 0) throw new Error("invalid opcode");
        return new compile(bytes);
      },
    });
    const { name, refused } = loadKernels();
    expect(name).toBe("simd");
    expect(refused).toEqual(["relaxed: invalid opcode"]);
  });

  test("falls back to float64 without WebAssembly, and a network still gives right numbers", () => {
    vi.stubGlobal("WebAssembly", undefined);
    const kernels = loadKernels();
    expect(kernels.name).toBe("float64");
    expect(kernels.module).toBeUndefined();
    expect(kernels.refused.length).toBe(2);
    const random = createRandom("fallback");
    const theta = parameters(random, [3, 9, 2]);
    const inputs = uniformRows(random, 4, 3);
    const options = { inputSize: 3, hidden: [9], outputSize: 2 };
    const [point, exact] = [
      kernelMlp(kernels, options),
      refereeMlp({ widths: [3, 9, 2], activation: "tanh" }),
    ].map((network) => network.linearisation(4));
    const predictor = kernelMlp(kernels, options).predictor(4);
    point.at(theta, inputs);
    exact.at(theta, inputs);
    predictor.at(theta);
    predictor.predict(inputs);
    expect(point.outputs.data).toEqual(exact.outputs.data);
    expect(predictor.outputs.data).toEqual(exact.outputs.data);
  });
});

test("the self-test catches a build that computes a wrong number", () => {
  const bytes = bytesOf(simd);
  const good = Math.fround(1.48572235717979e-5);
  const pattern = new Uint8Array(Float32Array.of(good).buffer);
  const at = bytes.findIndex((_, i) => pattern.every((byte, k) => bytes[i + k] === byte));
  expect(at).toBeGreaterThan(0);
  expect(selfTest(new WebAssembly.Module(bytes))).toBeUndefined();
  bytes[at + 2] ^= 0x40; // another coefficient of tanh
  expect(selfTest(new WebAssembly.Module(bytes))).toMatch(/^y is off by .* in the self-test$/);
});

test("the simd build gives the bits recorded here, on every machine and engine", () => {
  const random = createRandom("golden");
  const widths = [7, 33, 18, 5];
  const point = kernelMlp(loadKernels({ builds: ["simd"] }), {
    inputSize: 7,
    hidden: [33, 18],
    outputSize: 5,
  }).linearisation(100);
  const theta = parameters(random, widths);
  const gradient = new Float64Array(theta.length);
  point.at(theta, uniformRows(random, 100, 7));
  point.vjp(uniformRows(random, 100, 5), gradient);
  const words = new Uint32Array(Float32Array.from([...point.outputs.data, ...gradient]).buffer);
  // FNV-1a over 32-bit words
  const hash = words.reduce((h, word) => Math.imul(h ^ word, 16777619) >>> 0, 2166136261);
  expect(hash.toString(16)).toBe("2ec20bdb");
});

describe("the committed binaries", () => {
  test.each(Object.entries({ simd, relaxed, turbo }))("%s imports memory alone", (_, binary) => {
    // No Math.exp of the engine, whose bits are its own.
    const module = new WebAssembly.Module(bytesOf(binary));
    expect(WebAssembly.Module.imports(module)).toEqual([
      { module: "env", name: "memory", kind: "memory" },
    ]);
  });

  test.each(BUILD_NAMES)("%s is what its sources compile to, byte for byte", async (name) => {
    const bytes = await compileKernels(name);
    expect(bytes.length).toBeLessThan(32_768);
    expect(readFileSync(modulePath(name), "utf8")).toBe(moduleSource(name, bytes));
  });
});
