import { type KernelSource, loadKernels } from "../../src/index.ts";
import { loadTurboKernels } from "../kernels/turbo.ts";

/** The kernels of a name, `turbo` with the engine set up for it. */
export const kernelsByName: KernelSource = (name) => {
  if (name === "turbo") return loadTurboKernels();
  return loadKernels({ builds: name === "float64" ? [] : [name] });
};
