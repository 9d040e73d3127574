import { isUtf8 } from "node:buffer";
import v8 from "node:v8";
import { type Kernels, loadKernels } from "../../src/network/kernels/load.ts";

/**
 * Compiles at once and only with the optimising compiler, so that the self-test runs the very code
 * that training will run, and lets it pair 128-bit registers to 256 bits.
 */
const REVECTORIZE = [
  "--experimental-wasm-revectorize",
  "--no-liftoff",
  "--no-wasm-lazy-compilation",
];
const DEFAULTS = ["--no-experimental-wasm-revectorize", "--liftoff", "--wasm-lazy-compilation"];

/** The first V8 whose revectorizer pays; it does not exist in 11 and is slower than without in 12. */
const FIRST_V8 = 13;

/**
 * Clears the upper halves of the 256-bit registers, which V8 leaves as they are: with them in use
 * Math.exp takes 120 ns instead of 3 on Intel. Checking UTF-8 is compiled code with 256-bit
 * registers of its own, which ends as such code must, with vzeroupper; 64 bytes take 30 ns.
 */
function settle(): void {
  isUtf8(SIXTY_FOUR_BYTES);
}

const SIXTY_FOUR_BYTES = new Uint8Array(64).fill(97);

/**
 * The kernels in 256-bit registers, where this Node can be asked for them: an experiment of V8, so
 * the caller has to want it. The default kernels where it cannot or where the self-test fails.
 *
 * About 1.7 times as fast as `relaxed` on x64 with AVX2; no gain on other processors.
 */
export function loadTurboKernels(): Kernels {
  if (process.arch !== "x64" || Number.parseInt(process.versions.v8, 10) < FIRST_V8) {
    const { refused, ...kernels } = loadKernels();
    const reason = `turbo: needs V8 ${FIRST_V8} on x64, got ${process.versions.v8} on ${process.arch}`;
    return { ...kernels, refused: [reason, ...refused] };
  }
  const turbo = withTurboFlags(() => loadKernels({ builds: ["turbo"] }));
  if (turbo.name === "turbo") return { ...turbo, settle };
  const { refused, ...kernels } = loadKernels();
  return { ...kernels, refused: [...turbo.refused, ...refused] };
}

/** What `load` gives while V8 compiles at once and pairs registers. */
export function withTurboFlags<T>(load: () => T): T {
  REVECTORIZE.forEach((flag) => v8.setFlagsFromString(flag));
  try {
    return load();
  } finally {
    DEFAULTS.forEach((flag) => v8.setFlagsFromString(flag));
  }
}
