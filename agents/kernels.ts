import { type KernelName, type Kernels, loadKernels } from "../src/index.ts";

/** A program's own way to the kernels of a name, such as `turbo`; undefined for the usual way. */
export type KernelLoader = (name: KernelName) => Kernels | undefined;

const loaded = new Map<KernelName, Kernels>();
let own: KernelLoader = () => undefined;

/** What `kernelsNamed` asks first from now on. */
export function setKernelLoader(loader: KernelLoader): void {
  own = loader;
  loaded.clear();
}

/** The kernels that agents compute with, loaded once; their `name` is of what was really taken. */
export function kernelsNamed(name: KernelName): Kernels {
  const kernels = loaded.get(name) ?? own(name) ?? loadKernels({ builds: buildsOf(name) });
  loaded.set(name, kernels);
  return kernels;
}

/** The builds to try for a name, best first; float64 follows them all. */
function buildsOf(name: KernelName): ("simd" | "relaxed")[] {
  if (name === "float64") return [];
  return name === "simd" ? ["simd"] : ["relaxed", "simd"];
}
