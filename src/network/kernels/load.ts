import { relaxed } from "./binaries/relaxed.ts";
import { simd } from "./binaries/simd.ts";
import { turbo } from "./binaries/turbo.ts";
import { selfTest } from "./self-test.ts";

/**
 * A way to compute: `simd` uses only operations whose bits WebAssembly fixes, `relaxed` fuses a·b + c
 * where the processor can, `turbo` is cut for engines that pair 128-bit registers to 256 bits, and
 * `float64` is plain TypeScript. `simd` and `float64` give the same bits on every machine and in every
 * engine.
 */
export type KernelName = "simd" | "relaxed" | "turbo" | "float64";

/** The kernels that were chosen; every run's manifest names them. */
export interface Kernels {
  readonly name: KernelName;
  /** The compiled build; none for `float64`. */
  readonly module?: WebAssembly.Module;
  /** To be called when other code takes over from the kernels, where the engine needs it. */
  readonly settle?: () => void;
  /** Why each build that was asked for before this one was not taken. */
  readonly refused: readonly string[];
}

export interface LoadOptions {
  /** The builds to try, best first; `float64` follows them all. */
  readonly builds?: readonly Exclude<KernelName, "float64">[];
}

const BINARIES = { simd, relaxed, turbo };

/**
 * The first build that this engine compiles and that agrees with float64, else `float64` itself.
 *
 * A build that is missing a feature or gives a wrong number is passed over, and `refused` says why.
 * Compiles on the spot: ten kilobytes, where browsers allow megabytes on their main thread.
 */
export function loadKernels({ builds = ["relaxed", "simd"] }: LoadOptions = {}): Kernels {
  const refused: string[] = [];
  for (const name of builds) {
    try {
      const module = new WebAssembly.Module(decode(BINARIES[name]));
      const problem = selfTest(module);
      if (problem === undefined) return { name, module, refused };
      refused.push(`${name}: ${problem}`);
    } catch (error) {
      refused.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { name: "float64", refused };
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
