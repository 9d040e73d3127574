import { expect, test } from "vitest";
import { createMachine } from "../../../src/network/kernels/machine.ts";
import { BUILDS } from "./fixtures.ts";

/** φ of each x by the kernels; activation 0 is tanh. */
function activated(module: WebAssembly.Module, x: Float32Array): Float32Array {
  const machine = createMachine(module);
  const padded = Math.ceil(x.length / 16) * 16;
  const place = machine.allocate(4 * padded);
  machine.f32.set(x, place / 4);
  machine.kernels.activate(0, 1, 4 * padded, place, 4 * padded);
  return machine.f32.slice(place / 4, place / 4 + x.length);
}

/** The largest differences from tanh, absolute and in units in the last place of float32. */
function worst(x: Float32Array, y: Float32Array): { absolute: number; ulp: number } {
  let absolute = 0;
  let ulp = 0;
  for (let i = 0; i < x.length; i++) {
    const exact = Math.tanh(x[i]);
    const error = Math.abs(y[i] - exact);
    const exponent = Math.max(Math.floor(Math.log2(Math.abs(exact))), -126);
    absolute = Math.max(absolute, error);
    ulp = Math.max(ulp, error / 2 ** (exponent - 23));
  }
  return { absolute, ulp };
}

/** Every `step`th float32 from the bit pattern `first` on, with both signs. */
function floats(first: number, step: number, count: number): Float32Array {
  const bits = new Uint32Array(count);
  for (let i = 0; i < count; i++) bits[i] = (first + (i >> 1) * step + ((i & 1) << 31)) >>> 0;
  return new Float32Array(bits.buffer);
}

const SWEEPS = {
  "from the smallest number to the largest": floats(0, 4079, 1 << 20),
  "from 2⁻¹⁰ to 8": floats(0x3a800000, 208, 1 << 20),
};

test.each(BUILDS)("$name: tanh is within 3.5e-7 and 6 units in the last place", ({ module }) => {
  for (const x of Object.values(SWEEPS)) {
    const { absolute, ulp } = worst(x, activated(module, x));
    expect(absolute).toBeLessThan(3.5e-7);
    expect(ulp).toBeLessThan(6);
  }
});

test.each(BUILDS)("$name: tanh of ±∞ is ±1, of NaN it is NaN, and of 0 it is 0", ({ module }) => {
  const y = activated(module, Float32Array.of(Infinity, -Infinity, NaN, 0));
  expect(y[0]).toBeCloseTo(1, 6);
  expect(y[1]).toBeCloseTo(-1, 6);
  expect(y[2]).toBeNaN();
  expect(y[3]).toBe(0);
});
