import { withTurboFlags } from "../kernels/turbo.ts";
import type { BenchGroup } from "./bench.ts";
import { builds } from "./builds.ts";
import { type Contestant, local } from "./interleave.ts";

/** Rows and columns of the matrices whose product takes as many operations as a call. */
const SIZE = 512;
const FLOP = 2 * SIZE ** 3;

/** What no kernel can exceed: r ← r·a + b in registers, without a load or a store. */
export function ceilingGroup(): BenchGroup {
  return {
    title: "Ceilings: multiplying and adding in registers, beside a matrix product by torch",
    show: "time",
    columns: ["simd", "relaxed", "turbo"],
    base: "simd",
    rows: [
      {
        what: `operations of ${SIZE} × ${SIZE} × ${SIZE}`,
        units: 1,
        flop: FLOP,
        make: () => builds().flatMap(({ name }) => contestants[name]?.() ?? []),
        peer: { what: "matmul", rows: SIZE },
      },
    ],
  };
}

/** Twelve registers hide the latency of an operation, of 128 bits or of two of them paired to 256. */
const contestants: Readonly<Record<string, (() => Contestant) | undefined>> = {
  simd: () => arithmetic("simd", 12, false),
  relaxed: () => arithmetic("relaxed", 12, true),
  turbo: () => withTurboFlags(() => arithmetic("turbo", 24, true)),
};

function arithmetic(name: string, registers: number, fused: boolean): Contestant {
  const module = new WebAssembly.Module(moduleOf(registers, fused));
  const { run } = new WebAssembly.Instance(module).exports as {
    readonly run: (times: number) => void;
  };
  const times = Math.ceil(FLOP / (registers * 8));
  return local(name, () => run(times));
}

/** A module in binary form whose `run(n)` loads the registers, does it n times and stores them. */
function moduleOf(registers: number, fused: boolean): Uint8Array<ArrayBuffer> {
  const own = Array.from({ length: registers }, (_, r) => r + 1);
  const [a, b] = [registers + 1, registers + 2];
  const get = (local: number): number[] => [0x20, local];
  const place = (local: number): number[] => [4, ...leb(16 * local)];
  const constant = [0x41, 0];
  const load = (r: number): number[] => [...constant, 0xfd, 0, ...place(r), 0x21, r];
  const store = (r: number): number[] => [...constant, ...get(r), 0xfd, 11, ...place(r)];
  const madd = [...get(a), ...get(b), 0xfd, 0x85, 0x02]; // f32x4.relaxed_madd
  const mulAdd = [...get(a), 0xfd, 0xe6, 0x01, ...get(b), 0xfd, 0xe4, 0x01]; // f32x4.mul, add
  const step = (r: number): number[] => [...get(r), ...(fused ? madd : mulAdd), 0x21, r];
  const splat = (local: number): number[] => [...constant, 0xfd, 9, 2, 0, 0x21, local];
  const body = [
    ...[1, registers + 2, 0x7b], // so many locals of 128 bits
    ...[...own.flatMap(load), ...splat(a), ...splat(b)],
    ...[0x03, 0x40, ...own.flatMap(step)], // loop
    ...[...get(0), 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0, 0x0b], // while n ← n − 1
    ...[...own.flatMap(store), 0x0b],
  ];
  const section = (id: number, bytes: readonly number[]): number[] => [
    ...[id, ...leb(bytes.length)],
    ...bytes,
  ];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 1, 0x7f, 0]), // type: takes a 32-bit integer
    ...section(3, [1, 0]),
    ...section(5, [1, 0, 1]), // memory: a page, of zeros
    ...section(7, [1, 3, ...Array.from("run", (letter) => letter.charCodeAt(0)), 0, 0]),
    ...section(10, [1, ...leb(body.length), ...body]),
  ]);
}

/** A number that is not negative in LEB128. */
function leb(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...leb(Math.floor(value / 128))];
}
