import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as z from "zod";

const quantity = z.union([z.string(), z.number()]);

/** What the lists, the gallery and the README read of a `results.json`. */
const published = z.object({
  name: z.string(),
  title: z.string(),
  source: z.string(),
  command: z.string(),
  versions: z.object({ natgrad: z.string(), node: z.string() }),
  quick: z.boolean(),
  seconds: z.number(),
  claim: z.string(),
  verdict: z.enum(["agrees", "differs", "qualitative"]),
  comparisons: z.array(
    z.object({
      quantity: z.string(),
      published: quantity.optional(),
      derived: quantity.optional(),
      ours: quantity,
      verdict: z.enum(["agrees", "differs", "qualitative"]),
      note: z.string().optional(),
    }),
  ),
  files: z.array(z.string().refine((file) => basename(file) === file)),
});

export type PublishedResults = z.infer<typeof published>;

/** The results that a finished reproduction left in a folder; undefined for none, or damaged ones. */
export function readResults(folder: string): PublishedResults | undefined {
  try {
    const text = readFileSync(join(folder, "results.json"), "utf8");
    return published.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
