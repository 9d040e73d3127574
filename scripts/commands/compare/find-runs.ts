import * as fs from "node:fs";
import * as path from "node:path";
import { UserError } from "../../support/user-error.ts";

/** How deep the folders of a sweep may be nested. */
const DEEPEST = 5;

/**
 * The run folders that the arguments name: each is one itself, or has some in it, at any depth up to
 * five. A folder that is named twice counts once.
 *
 * @throws UserError for an argument that is no folder or has no run in it.
 */
export function findRuns(given: readonly string[]): string[] {
  const found = given.flatMap((folder) => {
    const stat = fs.statSync(folder, { throwIfNoEntry: false });
    if (stat?.isDirectory() !== true) {
      const why = stat === undefined ? "which does not exist" : "which is a file";
      throw new UserError(
        `compare needs folders of runs, got ${folder}, ${why}; give those of natgrad train --out`,
      );
    }
    const runs = runsIn(folder, DEEPEST);
    if (runs.length > 0) return runs;
    throw new UserError(
      `compare needs folders of runs, got ${folder}, which holds no config.json, nor do the folders in it; give those of natgrad train --out`,
    );
  });
  const seen = new Set<string>();
  return found.filter((folder) => {
    const real = fs.realpathSync(folder);
    return !seen.has(real) && seen.add(real);
  });
}

function runsIn(folder: string, deepest: number): string[] {
  if (fs.existsSync(path.join(folder, "config.json"))) return [folder];
  if (deepest === 0) return [];
  const inner = fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  return inner.flatMap((name) => runsIn(path.join(folder, name), deepest - 1));
}
