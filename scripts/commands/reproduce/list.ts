import { reproductions } from "../../reproduce/index.ts";

/** Name, summary and source of every reproduction. */
export function listReproductions(): string {
  return reproductions
    .map(({ name, summary, source }) => `${name}\n    ${summary}\n    ${source}\n`)
    .join("");
}
