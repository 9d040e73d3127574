/**
 * `npm run bench [-- --json FILE]`: environment steps per second of the LQR roll-out and time per
 * Fisher product, as ratios measured in one run. Repetitions of all variants are interleaved and
 * medians taken, since machines are shared and noisy.
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { versions } from "../support/versions.ts";
import { fisherCases } from "./fisher.ts";
import { measure, printGroup } from "./measure.ts";
import { parallelCases } from "./parallel.ts";
import { rolloutCases } from "./rollout.ts";

const { values } = parseArgs({ options: { json: { type: "string" } } });
const machine = { processor: cpus()[0]?.model ?? "unknown", cores: cpus().length, ...versions() };
console.log(
  `${machine.processor}, ${machine.cores} cores; natgrad ${machine.natgrad}, Node ${machine.node}\n`,
);

const results = [rolloutCases(), fisherCases(), ...(await parallelCases())].map((group) => {
  const rows = measure(group.cases);
  printGroup(group, rows);
  return { title: group.title, rows };
});
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ machine, results }, null, 2)}\n`);
}
