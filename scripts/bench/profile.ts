/**
 * `npm run bench:profile -- [--widths 17-64-64-6] [--rows 2048] [--work product|gradient|update]
 * [--build simd|relaxed|turbo] [--seconds 5]`: where the processor time of a row of the bench goes, by
 * function, with the kernels compiled anew so that they carry names.
 */
import { Session } from "node:inspector/promises";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import type { Kernels } from "../../src/index.ts";
import { BUILD_NAMES, type BuildName, compileKernels } from "../kernels/compile.ts";
import { loadTurboKernels, withTurboFlags } from "../kernels/turbo.ts";
import { processClock, wallClock } from "./interleave.ts";
import { type Subject, subjectOf } from "./subjects.ts";

/** Seconds until V8 has optimised everything. */
const WARM_UP = 1.5;
/** Functions with a smaller share are summed up in one line. */
const SMALLEST_SHARE = 0.005;

const { values } = parseArgs({
  options: {
    widths: { type: "string", default: "17-64-64-6" },
    rows: { type: "string", default: "2048" },
    work: { type: "string", default: "product" },
    build: { type: "string", default: "relaxed" },
    seconds: { type: "string", default: "5" },
  },
});
const { widths, rows, work, build, seconds } = values;
const subject = subjectOf(await namedKernels(build), widths.split("-").map(Number), Number(rows));
if (!(work in subject)) {
  throw new RangeError(
    `profile: --work must be one of ${Object.keys(subject).join(", ")}, got ${work}`,
  );
}
const run = subject[work as keyof Subject];

repeat(run, WARM_UP);
const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.setSamplingInterval", { interval: 200 });
await session.post("Profiler.start");
const each = repeat(run, Number(seconds));
const { profile } = await session.post("Profiler.stop");

console.log(
  `${work}, ${widths}, N = ${rows}, ${build}: ${(1e3 * each).toFixed(2)} ms of processor time`,
);
const shares = [...sharesOf(profile)].sort(([, a], [, b]) => b - a);
let rest = 0;
for (const [name, share] of shares) {
  if (share < SMALLEST_SHARE) rest += share;
  else console.log(lineOf(name, share));
}
console.log(lineOf("the rest", rest));

/** Seconds of a call. */
function repeat(call: () => void, least: number): number {
  const [began, until] = [processClock(), wallClock() + least];
  let calls = 0;
  do {
    call();
    calls++;
  } while (wallClock() < until);
  return (processClock() - began) / calls;
}

/** The kernels of a build with the names of their functions. */
async function namedKernels(name: string): Promise<Kernels> {
  if (!BUILD_NAMES.includes(name as BuildName)) {
    throw new RangeError(`profile: --build must be one of ${BUILD_NAMES.join(", ")}, got ${name}`);
  }
  const bytes = await compileKernels(name as BuildName, { names: true });
  const compile = (): Kernels => ({
    name: name as BuildName,
    module: new WebAssembly.Module(bytes),
    refused: [],
  });
  if (name !== "turbo") return compile();
  const { settle } = loadTurboKernels();
  return { ...withTurboFlags(compile), ...(settle && { settle }) };
}

/** The share of each function itself in the sampled time, less that of the profiler. */
function sharesOf({ nodes, samples = [], timeDeltas = [] }: Profile): Map<string, number> {
  const nameOf = new Map(
    nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => {
      const place = url.startsWith("file:") ? `, ${basename(url)}:${lineNumber + 1}` : "";
      return [id, `${functionName.split("assembly/").pop()}${place}`];
    }),
  );
  const times = new Map<string, number>();
  samples.forEach((id, i) => {
    const name = nameOf.get(id) ?? "unknown";
    times.set(name, (times.get(name) ?? 0) + timeDeltas[i]);
  });
  times.delete("post");
  const total = [...times.values()].reduce((sum, time) => sum + time, 0);
  return new Map([...times].map(([name, time]) => [name, time / total]));
}

type Profile = typeof profile;

function lineOf(name: string, share: number): string {
  return `${(100 * share).toFixed(1).padStart(6)} %  ${(1e3 * share * each).toFixed(3).padStart(8)} ms  ${name}`;
}
