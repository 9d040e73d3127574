import { join } from "node:path";
import { reproductions } from "../../reproduce/index.ts";
import { type PublishedResults, readResults } from "../../reproduce/results.ts";

/** Every reproduction with its source, run time, and what a run into a folder of `base` came to. */
export function listReproductions(base: string): string {
  return reproductions
    .map(({ name, summary, source, seconds }) => {
      const status = statusOf(readResults(join(base, name)));
      return `${name}\n    ${summary}\n    ${source}\n    about ${seconds} s on two cores; ${status}\n`;
    })
    .join("");
}

function statusOf(results: PublishedResults | undefined): string {
  if (results === undefined) return "not run yet";
  const { verdict, comparisons, quick, versions } = results;
  const agreeing = comparisons.filter((one) => one.verdict === "agrees").length;
  const look = quick ? "a first look" : "run";
  return `${look} by natgrad ${versions.natgrad}: ${verdict}, ${agreeing} of ${comparisons.length} quantities agree`;
}
