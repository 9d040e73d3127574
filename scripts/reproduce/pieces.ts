import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { deserialize, serialize } from "node:v8";
import { systemCode } from "../support/user-error.ts";
import { writeFileAtomic } from "../support/files.ts";
import { versions } from "../support/versions.ts";

/** The folder of the finished pieces, in the output folder; removed when all is published. */
export const piecesFolder = ".pieces";

/** The finished pieces of a reproduction on disk, so that a stopped one goes on where it was. */
export interface PieceStore {
  /** The result that an earlier run of the same code and task left, or undefined. */
  readonly load: (url: URL, task: unknown) => { readonly result: unknown } | undefined;
  readonly save: (url: URL, task: unknown, result: unknown) => void;
  /** Removes all pieces. */
  readonly clear: () => void;
}

/**
 * Keeps pieces in `.pieces` of `folder`, one file each, written whole or not at all.
 *
 * A piece is known by a hash of its task, of the module that runs it and of the versions of natgrad
 * and Node, so that none is taken over by other code. A damaged file counts as none.
 */
export function createPieceStore(folder: string): PieceStore {
  const store = path.join(folder, piecesFolder);
  const made = versions();
  const fileOf = (url: URL, task: unknown): string => {
    const hash = createHash("sha256")
      .update(serialize({ made, task }))
      .update(fs.readFileSync(url));
    return path.join(store, `${hash.digest("hex").slice(0, 32)}.bin`);
  };
  return {
    load: (url, task) => {
      try {
        return { result: deserialize(fs.readFileSync(fileOf(url, task))) as unknown };
      } catch {
        return undefined;
      }
    },
    save: (url, task, result) => {
      try {
        fs.mkdirSync(store);
      } catch (error) {
        if (systemCode(error) !== "EEXIST") throw error;
      }
      writeFileAtomic(fileOf(url, task), serialize(result));
    },
    clear: () => fs.rmSync(store, { recursive: true, force: true }),
  };
}

/** Results of `tasks` in their order: those in the store, and the others from `compute`, which are saved. */
export async function runPieces<R>(
  { load, save }: PieceStore,
  { url, tasks, compute, onFound }: PieceWork<R>,
): Promise<R[]> {
  const found = tasks.map((task) => load(url, task));
  const left = tasks.filter((_, i) => found[i] === undefined);
  onFound(tasks.length - left.length);
  const computed = await compute(left, (i, result) => save(url, left[i], result));
  let next = 0;
  return found.map((piece) => (piece === undefined ? computed[next++] : (piece.result as R)));
}

/** Tasks of one module, and how those that are not in the store are computed. */
export interface PieceWork<R> {
  readonly url: URL;
  readonly tasks: readonly unknown[];
  readonly compute: (
    left: readonly unknown[],
    onDone: (index: number, result: R) => void,
  ) => Promise<R[]>;
  /** Told how many were in the store. */
  readonly onFound: (pieces: number) => void;
}
