import { setKernelLoader } from "../../agents/index.ts";
import { loadKernels } from "../../src/index.ts";
import { loadTurboKernels } from "./turbo.ts";

/** Lets agents take the kernels named `turbo`, too, which a page cannot ask its engine for. */
export function offerTurboKernels(): void {
  setKernelLoader((name) => {
    if (name === "turbo") return loadTurboKernels();
    if (name === "float64") return loadKernels({ builds: [] });
    return loadKernels({ builds: name === "simd" ? ["simd"] : ["relaxed", "simd"] });
  });
}
