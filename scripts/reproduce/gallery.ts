import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Card, formatNumber, renderGallery } from "../figures/index.ts";
import { embeddedFonts } from "../figures/fonts.ts";
import { writeFileAtomic } from "../support/files.ts";
import { reproductions } from "./index.ts";
import { type PublishedResults, readResults } from "./results.ts";

/** The index page, beside the folders of the reproductions. */
export const galleryFile = "reproductions.html";

/** Lines of the comparison that a card shows. */
const ROWS = 4;

/** Writes the index page of all reproductions that have been run to a folder of `base`. */
export function writeGallery(base: string): void {
  const found = reproductions.map(({ name }) => ({ name, results: readResults(join(base, name)) }));
  const missing = found.filter(({ results }) => results === undefined).map(({ name }) => name);
  const page = renderGallery({
    title: "The literature, reproduced",
    lead: "Experiments of the papers on natural gradients, run again by natgrad: what they claim, what they print, what follows from their settings, and what came out.",
    cards: found.flatMap(({ name, results }) =>
      results === undefined ? [] : [cardOf(base, name, results)],
    ),
    remarks: missing.length > 0 ? [`Not run yet: ${missing.join(", ")}.`] : [],
    fonts: embeddedFonts(),
  });
  writeFileAtomic(join(base, galleryFile), page);
}

function cardOf(base: string, name: string, results: PublishedResults): Card {
  const { title, source, claim, verdict, comparisons, files, seconds, quick } = results;
  const picture = files.find((file) => file.endsWith(".png") && existsSync(join(base, name, file)));
  const more = comparisons.length > ROWS ? `${comparisons.length - ROWS} more in the report; ` : "";
  const look = quick ? ", only a first look" : "";
  return {
    ...{ title, source, claim, verdict, report: `${name}/report.html` },
    ...(picture !== undefined && { picture: `${name}/${picture}` }),
    rows: comparisons.slice(0, ROWS).map(({ quantity, published, derived, ours }) => ({
      quantity,
      published: printed(published),
      derived: printed(derived),
      ours: printed(ours),
    })),
    remark: `${more}${formatNumber(seconds, 2)} s${look}`,
  };
}

/** A value of a comparison as the tables print it. */
export function printed(value: string | number | undefined): string {
  return typeof value === "number" ? formatNumber(value, 4) : (value ?? "–");
}
