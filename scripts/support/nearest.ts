import { distance } from "fastest-levenshtein";
import { UserError } from "./user-error.ts";

/** The known name that `name` is probably a misspelling of, if there is one. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const scored = known
    .map((candidate) => ({
      candidate,
      edits: distance(name.toLowerCase(), candidate.toLowerCase()),
    }))
    .sort((a, b) => a.edits - b.edits);
  const best = scored.at(0);
  const bound = name.length <= 3 ? 1 : Math.max(2, Math.floor(name.length / 3));
  return best !== undefined && best.edits <= bound ? best.candidate : undefined;
}

/** The error of a name that nothing has, with the nearest that something has. */
export function unknownName(
  kind: string,
  name: string,
  known: readonly string[],
  remedy: string,
): UserError {
  const guess = nearest(name, known);
  const hint = guess === undefined ? remedy : `did you mean ${guess}? ${remedy}`;
  return new UserError(`no ${kind} is named ${name}; ${hint}`);
}
