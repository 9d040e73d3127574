/**
 * `npm run bench [-- --json FILE] [--quick] [--rounds n] [--only TEXT] [--python COMMAND]`: the
 * speed of everything that is timed, in one run on one thread. Repetitions of all contestants of a
 * row are interleaved, processor time is counted, by the wall only where there are several threads,
 * and medians are taken, since machines are shared and noisy.
 *
 * Where the Python has torch, gymnasium or sb3-contrib, they run in turn with ours. Otherwise only
 * their figures from other machines are shown, from which no ratio follows.
 */
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { versions } from "../support/versions.ts";
import { type BenchGroup, type BenchRow, measureRow, type RowResult } from "./bench.ts";
import { builds } from "./builds.ts";
import { ceilingGroup } from "./ceilings.ts";
import { linearFisherGroup } from "./fisher.ts";
import { networkGroup } from "./networks.ts";
import { type Peer, startPeer } from "./peer.ts";
import { headOf, lineOf } from "./report.ts";
import { cartpoleGroup, lqrGroup } from "./rollouts.ts";
import { cheaperLearningGroup, solveGroup } from "./solves.ts";
import { trainingGroup } from "./training.ts";
import { workerGroups } from "./workers.ts";

const { values } = parseArgs({
  options: {
    json: { type: "string" },
    quick: { type: "boolean", default: false },
    rounds: { type: "string" },
    only: { type: "string", default: "" },
    python: { type: "string", default: "python3" },
  },
});
const rounds = Number(values.rounds ?? (values.quick ? 3 : 11));
if (!Number.isInteger(rounds) || rounds < 1) {
  throw new RangeError(`bench: --rounds must be a positive integer, got ${values.rounds}`);
}

const machine = {
  ...{ processor: cpus()[0]?.model ?? "unknown", cores: cpus().length, load: loadavg()[0] },
  ...{ ...versions(), v8: process.versions.v8, builds: builds().map(({ name }) => name) },
};
console.log(
  `${machine.processor}, ${machine.cores} cores, load ${machine.load.toFixed(1)}; ` +
    `natgrad ${machine.natgrad}, Node ${machine.node}; medians of ${rounds} rounds, processor time of one thread`,
);
for (const reason of new Set(builds().flatMap(({ refused }) => refused))) console.log(reason);
const peer = await findPeer(values.python);

const groups = [
  ceilingGroup(),
  networkGroup(values.quick ? 2048 : Infinity),
  cartpoleGroup(),
  trainingGroup(),
  lqrGroup(),
  linearFisherGroup(),
  solveGroup(),
  cheaperLearningGroup(values.quick ? 1 : 5),
  ...workerGroups(),
];
const results = [];
for (const group of groups) {
  const wanted = group.rows.filter(({ what }) => `${group.title} ${what}`.includes(values.only));
  if (wanted.length === 0) continue;
  console.log(`\n${headOf(group)}`);
  const rows = [];
  for (const row of wanted) {
    const result = await resultOf(group, row);
    console.log(lineOf(group, result));
    rows.push(result);
  }
  results.push({ title: group.title, base: group.base, rows });
}
peer?.close();
if (values.json !== undefined) {
  const measured = { machine, peers: peer?.versions ?? null, rounds, results };
  writeFileSync(values.json, `${JSON.stringify(measured, null, 2)}\n`);
}

/** The peers, or undefined with a line that says why. */
async function findPeer(command: string): Promise<Peer | undefined> {
  try {
    const found = await startPeer(command);
    const known = Object.entries(found.versions);
    const has = known.filter(([, version]) => version !== null).map((one) => one.join(" "));
    const lacks = known.filter(([, version]) => version === null).map(([name]) => name);
    console.log(`${command}: ${has.join(", ")}${lacks.length ? `; no ${lacks.join(", ")}` : ""}`);
    return found;
  } catch (error) {
    console.log(`no peers: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** The row with its peer, or without one that fails. */
async function resultOf({ base }: BenchGroup, row: BenchRow): Promise<RowResult> {
  try {
    return await measureRow(row, base, { rounds, peer });
  } catch (error) {
    if (peer === undefined) throw error;
    console.log(error instanceof Error ? error.message : String(error));
    return measureRow(row, base, { rounds, peer: undefined });
  }
}
