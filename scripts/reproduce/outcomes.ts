import { join } from "node:path";
import { formatNumber } from "../figures/index.ts";
import { UserError } from "../support/user-error.ts";
import { printed } from "./gallery.ts";
import { reproductions } from "./index.ts";
import { type PublishedResults, readResults } from "./results.ts";

/** An outcome as the README shows it, with one of the quantities that the reproduction compares. */
export interface Outcome extends Pick<PublishedResults, "name" | "verdict" | "seconds" | "claim"> {
  readonly source: string;
  readonly versions: PublishedResults["versions"];
  readonly headline: PublishedResults["comparisons"][number];
  readonly quantities: number;
}

const markers = ["<!-- reproductions -->", "<!-- /reproductions -->"] as const;

/** The first quantity that the source prints, or else the first. */
function headlineOf(comparisons: PublishedResults["comparisons"]): Outcome["headline"] {
  return comparisons.find(({ published }) => published !== undefined) ?? comparisons[0];
}

/** The table of the README, in the order of the list; what has no outcome is said to be not run. */
export function outcomesTable(outcomes: readonly Outcome[]): string {
  const head = ["`reproduce`", "quantity", "published", "derived", "ours", "verdict", "s"];
  const rows = reproductions.map(({ name, summary, seconds: expected }) => {
    const outcome = outcomes.find((one) => one.name === name);
    if (outcome === undefined) {
      const wait = `about ${formatNumber(expected)}`;
      return [`\`${name}\``, summary, "–", "–", "–", "not run", wait];
    }
    const { headline, quantities, verdict, seconds } = outcome;
    return [
      `\`${name}\``,
      headline.quantity,
      ...[headline.published, headline.derived, headline.ours].map(printed),
      quantities > 1 ? `${verdict} (${quantities} quantities)` : verdict,
      formatNumber(seconds, 2),
    ];
  });
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** `readme` with `table` between its markers. */
export function withTable(readme: string, table: string): string {
  const [start, end] = markers.map((marker) => readme.indexOf(marker));
  if (start < 0 || end < start) {
    throw new UserError(`the README must hold ${markers.join(" and ")}, in this order`);
  }
  return `${readme.slice(0, start + markers[0].length)}\n\n${table}\n\n${readme.slice(end)}`;
}

/** The outcomes of the reproductions of which there is a full run in a folder of `base`. */
export function outcomesIn(base: string): Outcome[] {
  return reproductions.flatMap(({ name }) => {
    const results = readResults(join(base, name));
    if (results === undefined || results.quick) return [];
    const { source, claim, verdict, seconds, versions, comparisons } = results;
    const quantities = comparisons.length;
    return {
      name,
      source,
      claim,
      verdict,
      seconds,
      versions,
      headline: headlineOf(comparisons),
      quantities,
    };
  });
}
