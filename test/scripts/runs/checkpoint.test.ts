import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { readLastCheckpoint, writeCheckpoint } from "../../../scripts/runs/checkpoint.ts";
import { UserError } from "../../../scripts/support/user-error.ts";
import { createRandom, type Random } from "../../../src/index.ts";
import { emptyFolder } from "../cli.ts";

const state = (update: number) => ({
  agent: { theta: Float64Array.of(update, -0, NaN), streams: { seed: "1/a", c: 1 } },
  collector: { lanes: new Float64Array(0), none: null },
});

function runWith(...updates: readonly number[]): string {
  const run = emptyFolder();
  for (const update of updates) {
    const files = { "progress.csv": 10 * update };
    writeCheckpoint(run, { update, steps: 100 * update, files, state: state(update) });
  }
  return run;
}

const file = (run: string, name: string): string => path.join(run, "checkpoints", name);

describe("checkpoints", () => {
  it("give back the last state to the bit, and keep the one before", () => {
    const run = runWith(0, 1, 2, 3);
    const { checkpoint, damaged } = readLastCheckpoint(run);
    expect(checkpoint).toMatchObject({ update: 3, steps: 300, files: { "progress.csv": 30 } });
    expect(checkpoint.state).toStrictEqual(state(3));
    expect(damaged).toStrictEqual([]);
    expect(fs.readdirSync(path.join(run, "checkpoints")).sort()).toStrictEqual([
      ...["update-000002.json", "update-000002.safetensors"],
      ...["update-000003.json", "update-000003.safetensors"],
    ]);
  });

  it("are not there until their description is, whatever a killed process left", () => {
    const run = runWith(1, 2);
    fs.rmSync(file(run, "update-000002.json"));
    fs.writeFileSync(file(run, ".update-000002.json.77.tmp"), "{");
    expect(readLastCheckpoint(run).checkpoint.update).toBe(1);
  });

  it.each<[string, (run: string) => void, RegExp]>([
    ["no vectors", (run) => fs.rmSync(file(run, "update-000002.safetensors")), /\(ENOENT\)/],
    [
      "half a description",
      (run) => fs.truncateSync(file(run, "update-000002.json"), 99),
      /is not JSON/,
    ],
    [
      "another format",
      (run) => fs.writeFileSync(file(run, "update-000002.json"), '{"format":"torch"}'),
      /is no checkpoint \(format/,
    ],
  ])("with %s are passed over, saying why", (_, spoil, why) => {
    const run = runWith(1, 2);
    spoil(run);
    const { checkpoint, damaged } = readLastCheckpoint(run);
    expect(checkpoint.update).toBe(1);
    expect(damaged).toHaveLength(1);
    expect(damaged[0]).toMatch(why);
  });

  it("that are all damaged end in one message that names each", () => {
    const run = runWith(1, 2);
    for (const update of [1, 2]) fs.truncateSync(file(run, `update-00000${update}.json`), 5);
    expect(() => readLastCheckpoint(run)).toThrow(UserError);
    expect(() => readLastCheckpoint(run)).toThrow(
      /update-000002\.json is not JSON, and .*update-000001/,
    );
  });

  it("damaged at random give the state that was written, or a refusal, 1500 times", () => {
    const random = createRandom("damage");
    const run = runWith(1, 2);
    const [json, tensors] = ["update-000002.json", "update-000002.safetensors"].map((name) => ({
      path: file(run, name),
      bytes: fs.readFileSync(file(run, name)),
    }));
    let refused = 0;
    for (let trial = 0; trial < 1500; trial++) {
      const { path: target, bytes } = trial % 3 === 0 ? tensors : json;
      fs.writeFileSync(target, damage(bytes, random));
      const { checkpoint, damaged } = readLastCheckpoint(run);
      if (damaged.length > 0) {
        refused++;
        expect(checkpoint.state).toStrictEqual(state(1));
      } else {
        expect(checkpoint.state).toStrictEqual(state(2));
      }
      fs.writeFileSync(target, bytes);
    }
    expect(refused).toBeGreaterThan(1000);
  });
});

/** Some bytes replaced, left out or doubled. */
function damage(bytes: Uint8Array, random: Random): Uint8Array {
  const at = Math.floor(random.uniform(0, bytes.length));
  const kind = Math.floor(random.uniform(0, 3));
  if (kind === 0) {
    const changed = bytes.slice();
    changed[at] ^= 1 + Math.floor(random.uniform(0, 255));
    return changed;
  }
  const end = Math.min(bytes.length, at + Math.ceil(random.uniform(0, 20)));
  const [head, middle] = [bytes.subarray(0, at), bytes.subarray(at, end)];
  const tail = bytes.subarray(kind === 1 ? end : at);
  return Buffer.concat(kind === 1 ? [head, tail] : [head, middle, tail]);
}
