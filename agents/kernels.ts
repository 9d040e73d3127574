import { type KernelName, type Kernels, loadKernels } from "../src/index.ts";

/** Compiles and tests the kernels of a name; a program that can do more (`turbo`) brings its own. */
export type KernelLoader = (name: KernelName) => Kernels;

const loaded = new Map<KernelName, Kernels>();
let load: KernelLoader = (name) => loadKernels({ builds: buildsOf(name) });

/** What `kernelsNamed` loads with from now on. */
export function setKernelLoader(loader: KernelLoader): void {
  load = loader;
  loaded.clear();
}

/** The kernels that agents compute with, loaded once; their `name` is of what was really taken. */
export function kernelsNamed(name: KernelName): Kernels {
  const kernels = loaded.get(name) ?? load(name);
  loaded.set(name, kernels);
  return kernels;
}

/** The builds to try for a name, best first; float64 follows them all. */
function buildsOf(name: KernelName): ("simd" | "relaxed")[] {
  if (name === "float64") return [];
  return name === "simd" ? ["simd"] : ["relaxed", "simd"];
}
