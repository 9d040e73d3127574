import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import * as z from "zod";
import type { Saved } from "../../src/index.ts";
import { writeFileAtomic } from "../support/files.ts";
import { toJsonFile } from "../support/json.ts";
import { systemCode, UserError } from "../support/user-error.ts";
import { versions } from "../support/versions.ts";
import { decodeTensors, encodeTensors } from "./safetensors.ts";
import { assemble, part } from "./saved-tree.ts";

/** Where a run was after an update. */
export interface Checkpoint {
  readonly update: number;
  readonly steps: number;
  /** Bytes of each growing file of the run, which hold the updates so far and no more. */
  readonly files: Readonly<Record<string, number>>;
  /** State of the agent and of the collector. */
  readonly state: Saved;
}

/** A checkpoint that was read, and which natgrad wrote it. */
export interface StoredCheckpoint extends Checkpoint {
  readonly natgrad: string;
}

/** The folder of checkpoints inside that of a run. */
export const checkpointFolder = "checkpoints";
/** Checkpoints that are kept: the last, and the one before in case the disk damages the last. */
const KEPT = 2;

const count = z.int().gte(0);
const description = z.object({
  format: z.literal("natgrad-checkpoint-1"),
  natgrad: z.string(),
  update: count,
  steps: count,
  files: z.record(z.string(), count),
  tensors: z.object({ file: z.string(), sha256: z.string() }),
  state: z.unknown(),
  /** Of all the rest, as `checksumOf` gives it. */
  checksum: z.string(),
});

/**
 * Writes `update-N.safetensors` with all vectors, then `update-N.json`, which makes it whole: a reader
 * takes the last N whose JSON is there. Each is written beside its place, synced and renamed, so that
 * whatever ends the process leaves the checkpoint before intact; all but the last two are removed.
 */
export function writeCheckpoint(run: string, { update, steps, files, state }: Checkpoint): void {
  const folder = path.join(run, checkpointFolder);
  fs.mkdirSync(folder, { recursive: true });
  const { tree, vectors } = part(state);
  const tensors = encodeTensors({ tensors: vectors, metadata: { update: String(update) } });
  const name = nameOf(update);
  writeFileAtomic(path.join(folder, `${name}.safetensors`), tensors);
  const json = {
    format: "natgrad-checkpoint-1" as const,
    natgrad: versions().natgrad,
    update,
    steps,
    files,
    tensors: { file: `${name}.safetensors`, sha256: hashOf(tensors) },
    state: tree,
  };
  const described: z.input<typeof description> = { ...json, checksum: checksumOf(json) };
  writeFileAtomic(path.join(folder, `${name}.json`), toJsonFile(described));
  const kept = updatesIn(folder).slice(-KEPT);
  for (const entry of fs.readdirSync(folder)) {
    if (!kept.includes(updateOf(entry))) fs.rmSync(path.join(folder, entry), { force: true });
  }
}

/** What was found where a run keeps its checkpoints. */
export interface Found {
  readonly checkpoint: StoredCheckpoint;
  /** What is wrong with later ones that could not be read. */
  readonly damaged: readonly string[];
}

/** The last whole checkpoint of a run. @throws UserError where there is none. */
export function readLastCheckpoint(run: string): Found {
  const folder = path.join(run, checkpointFolder);
  const damaged: string[] = [];
  for (const update of updatesIn(folder).reverse()) {
    try {
      return { checkpoint: readCheckpoint(folder, update), damaged };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      damaged.push(error.message);
    }
  }
  const why = damaged.length === 0 ? "which holds none" : `where ${damaged.join(", and ")}`;
  throw new UserError(
    `${run} must hold a checkpoint of natgrad train --out, got ${folder}, ${why}; train again with --out`,
  );
}

/** @throws RangeError where it is damaged or foreign. */
export function readCheckpoint(folder: string, update: number): StoredCheckpoint {
  const file = path.join(folder, `${nameOf(update)}.json`);
  const json = parseJson(file);
  const parsed = description.safeParse(json);
  if (!parsed.success) {
    const [{ path: key, message }] = parsed.error.issues;
    throw new RangeError(`${file} is no checkpoint (${key.join(".")}: ${message})`);
  }
  const { natgrad, steps, files, tensors, state: tree, checksum } = parsed.data;
  if (checksumOf({ ...(json as object), checksum: undefined }) !== checksum) {
    throw new RangeError(`${file} is not what was written (its checksum differs)`);
  }
  const bytes = readBytes(path.join(folder, path.basename(tensors.file)));
  if (hashOf(bytes) !== tensors.sha256) {
    throw new RangeError(`${tensors.file} is not the file that was written (its SHA-256 differs)`);
  }
  const state = assemble({ tree, vectors: decodeTensors(bytes).tensors });
  return { natgrad, update, steps, files, state };
}

/** Updates of which the folder has a description, in rising order. */
export function updatesIn(folder: string): number[] {
  const entries = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  const whole = entries.filter((entry) => entry.endsWith(".json"));
  return whole
    .map(updateOf)
    .filter((update) => update >= 0)
    .sort((a, b) => a - b);
}

function nameOf(update: number): string {
  return `update-${String(update).padStart(6, "0")}`;
}

/** The update of a file's name; −1 for another file. */
function updateOf(entry: string): number {
  return Number(/^update-(\d+)\.(json|safetensors)$/.exec(entry)?.[1] ?? -1);
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(readBytes(file)));
  } catch (error) {
    if (error instanceof SyntaxError) throw new RangeError(`${file} is not JSON`, { cause: error });
    throw error;
  }
}

function readBytes(file: string): Uint8Array {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    throw new RangeError(`${file} cannot be read (${code})`, { cause: error });
  }
}

/** The SHA-256 of an object as JSON without spaces. */
function checksumOf(json: object): string {
  return hashOf(new TextEncoder().encode(JSON.stringify(json)));
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
