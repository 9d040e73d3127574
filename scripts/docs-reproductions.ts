/**
 * `npm run docs:reproductions [-- FOLDER]`: copies the outcomes of `natgrad reproduce all` to
 * `docs/reproductions.json` and prints them into the README's table, so that no number there is typed.
 */
import { readFileSync } from "node:fs";
import { outcomesIn, outcomesTable, withTable } from "./reproduce/outcomes.ts";
import { runToExit } from "./support/exit.ts";
import { writeFileAtomic } from "./support/files.ts";
import { toJsonFile } from "./support/json.ts";

await runToExit(async () => {
  const outcomes = outcomesIn(process.argv[2] ?? "runs");
  writeFileAtomic("docs/reproductions.json", toJsonFile(outcomes));
  const readme = readFileSync("README.md", "utf8");
  writeFileAtomic("README.md", withTable(readme, outcomesTable(outcomes)));
  return Promise.resolve();
});
