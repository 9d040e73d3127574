import * as fs from "node:fs";
import { systemCode } from "./user-error.ts";

/**
 * The value in a JSON file.
 *
 * @throws what `refuse` makes of why the file will not do.
 */
export function readJsonFile(
  file: string,
  refuse: (why: string, cause: unknown) => Error,
): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw refuse(`which is not JSON (${error.message.replace(/\s+/g, " ")})`, error);
    }
    const code = systemCode(error);
    if (code === undefined) throw error;
    throw refuse(reasons[code] ?? `which cannot be read (${code})`, error);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "which does not exist",
  EISDIR: "which is a folder",
};
