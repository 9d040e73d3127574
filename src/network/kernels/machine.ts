import type { KernelExports, Pointer } from "./exports.ts";

const PAGE = 65_536;
/** What the kernels may address: 32-bit pointers. */
const MAX_PAGES = 65_536;
/** A cache line; every allocation starts on one. */
const LINE = 64;

/** An instance of a build with a memory of its own, which is freed as a whole with it. */
export interface Machine {
  readonly kernels: KernelExports;
  /** Views of the memory; another object after the memory has grown, so read them anew. */
  readonly f32: Float32Array;
  readonly i32: Int32Array;
  readonly byteLength: number;
  /** Leaves the processor as other code expects it, at the end of every operation. */
  readonly settle: () => void;
  /** The place of `bytes` zeros, never given back. @throws RangeError where memory is exhausted. */
  allocate(bytes: number): Pointer;
}

/** The memory is made here and imported by the module, so that a shared one could take its place. */
export function createMachine(module: WebAssembly.Module, settle = nothing): Machine {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  let f32 = new Float32Array(memory.buffer);
  let i32 = new Int32Array(memory.buffer);
  const kernels = instance.exports as unknown as KernelExports;
  let top = alignUp(kernels.dataEnd());

  const grow = (pages: number): void => {
    const held = memory.buffer.byteLength / PAGE;
    if (pages > MAX_PAGES) {
      throw new RangeError(
        `kernels: memory is limited to ${MAX_PAGES * PAGE} bytes, got a need of ${pages * PAGE}; use fewer rows`,
      );
    }
    memory.grow(Math.min(Math.max(pages, 2 * held), MAX_PAGES) - held);
    f32 = new Float32Array(memory.buffer);
    i32 = new Int32Array(memory.buffer);
  };

  return {
    kernels,
    settle,
    get f32() {
      return f32;
    },
    get i32() {
      return i32;
    },
    get byteLength() {
      return memory.buffer.byteLength;
    },
    allocate: (bytes) => {
      const start = top;
      top = alignUp(start + bytes);
      const pages = Math.ceil(top / PAGE);
      if (pages > memory.buffer.byteLength / PAGE) grow(pages);
      return start;
    },
  };
}

function nothing(): void {
  // most engines need nothing
}

function alignUp(place: Pointer): Pointer {
  return Math.ceil(place / LINE) * LINE;
}
