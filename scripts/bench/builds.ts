import { type Kernels, loadKernels } from "../../src/index.ts";
import { loadTurboKernels } from "../kernels/turbo.ts";

/** What agents compute with unless told otherwise. */
export const DEFAULT_BUILD = "relaxed";
/** The names in the order of the columns. */
export const BUILD_NAMES = ["float64", "simd", "relaxed", "turbo"] as const;

let loaded: readonly Kernels[] | undefined;

/** Every build that this machine takes, loaded once. */
export function builds(): readonly Kernels[] {
  loaded ??= [
    loadKernels({ builds: [] }),
    loadKernels({ builds: ["simd"] }),
    loadKernels({ builds: ["relaxed"] }),
    loadTurboKernels(),
  ].filter(({ name }, i, list) => list.findIndex((other) => other.name === name) === i);
  return loaded;
}
