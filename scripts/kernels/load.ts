import { setKernelLoader } from "../../agents/index.ts";
import { loadTurboKernels } from "./turbo.ts";

/** Lets agents take the kernels named `turbo`, too, which a page cannot ask its engine for. */
export function offerTurboKernels(): void {
  setKernelLoader((name) => (name === "turbo" ? loadTurboKernels() : undefined));
}
