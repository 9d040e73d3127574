import * as fs from "node:fs";
import * as path from "node:path";
import { systemCode, UserError } from "./user-error.ts";

/**
 * Writes a whole file or nothing: a temporary file in the same folder, synced to disk, then renamed.
 *
 * A reader sees the old file or the new one, never a part, whatever ends the process.
 */
export function writeFileAtomic(file: string, data: string | Uint8Array): void {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.tmp`);
  try {
    const descriptor = fs.openSync(temporary, "w");
    try {
      fs.writeFileSync(descriptor, data);
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
    fs.renameSync(temporary, file);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

export interface OutputFolderOptions {
  /** Whether the folder may hold files already. */
  readonly force: boolean;
  /** Names that may be in the folder even without `force`. */
  readonly ignores?: readonly string[];
  /** Names of files of an earlier run, removed with `force` so that no run is a mixture of two. */
  readonly replaces?: readonly string[];
}

/**
 * Makes the folder that a command writes into and returns its absolute path.
 *
 * @throws UserError when it is a file, is not empty and `force` is not given, or cannot be written.
 */
export function prepareOutputFolder(
  folder: string,
  { force, ignores = [], replaces = [] }: OutputFolderOptions,
): string {
  if (folder.trim() === "") {
    throw new UserError(
      "--out must name a folder, got an empty name; give one, such as runs/first",
    );
  }
  const absolute = path.resolve(folder);
  const entries = entriesOf(folder, absolute).filter((name) => !ignores.includes(name));
  if (entries.length > 0 && !force) {
    throw new UserError(
      `--out must be a new or empty folder, got ${folder}, which holds ${describe(entries)}; choose another, or add --force to overwrite the files of an earlier run`,
    );
  }
  try {
    makeFolder(absolute);
    fs.accessSync(absolute, fs.constants.W_OK | fs.constants.X_OK);
    for (const name of replaces)
      fs.rmSync(path.join(absolute, name), { force: true, recursive: true });
  } catch (error) {
    throw unwritable(folder, error);
  }
  return absolute;
}

function entriesOf(folder: string, absolute: string): string[] {
  try {
    return fs.readdirSync(absolute);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw unwritable(folder, error);
  }
}

/**
 * Makes a folder and those above it, one by one. Node's own `recursive` does not: where a folder
 * exists but refuses new ones with ENOENT, as /proc does, it tries for ever.
 */
function makeFolder(absolute: string): void {
  if (fs.existsSync(absolute)) return;
  const above = path.dirname(absolute);
  if (above !== absolute) makeFolder(above);
  try {
    fs.mkdirSync(absolute);
  } catch (error) {
    if (systemCode(error) !== "EEXIST") throw error;
  }
}

function unwritable(folder: string, error: unknown): unknown {
  const code = systemCode(error);
  if (code === undefined) return error;
  const why = reasons[code] ?? code;
  return new UserError(
    `--out must be a folder that can be written, got ${folder} (${why}); choose another`,
    { cause: error },
  );
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "a read-only file system",
  ENOTDIR: "a file, or inside a file",
  EEXIST: "a file",
  ENOENT: "no folder can be made there",
  ENOSPC: "no space left",
  ENAMETOOLONG: "the name is too long",
};

function describe(entries: readonly string[]): string {
  const more = entries.length > 3 ? `, … (${entries.length} in all)` : "";
  return entries.slice(0, 3).join(", ") + more;
}
