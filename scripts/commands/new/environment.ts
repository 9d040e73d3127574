import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { prepareOutputFolder, writeFileAtomic } from "../../support/files.ts";
import { UserError } from "../../support/user-error.ts";
import { environmentTemplate, testTemplate } from "./templates.ts";

/** Writes the two files and returns what to say. @throws UserError before anything is written. */
export function writeEnvironment(argv: Readonly<Record<string, unknown>>): string {
  const { what, name, out = ".", force } = argv;
  if (what !== "environment") {
    throw new UserError(
      `new writes an environment, got ${typeof what === "string" ? what : "nothing"}; give natgrad new environment NAME`,
    );
  }
  if (typeof name !== "string" || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new UserError(
      `a name must be lower-case words joined by dashes, got ${typeof name === "string" ? name : "none"}; give one such as pumped-tank`,
    );
  }
  if (typeof out !== "string") {
    throw new UserError("--out must name a folder, got no value; give one, such as environments");
  }
  const folder = prepareOutputFolder(out, { force: true });
  const files = [
    { file: join(folder, `${name}.ts`), text: environmentTemplate(name) },
    { file: join(folder, `${name}.test.ts`), text: testTemplate(name) },
  ];
  const taken = files.find(({ file }) => existsSync(file));
  if (taken !== undefined && force !== true) {
    throw new UserError(
      `new must not overwrite ${basename(taken.file)}, which is there; choose another name, or add --force`,
    );
  }
  for (const { file, text } of files) writeFileAtomic(file, text);
  const path = join(out, name);
  const shown = path.startsWith("/") ? path : `./${path}`;
  return `${shown}.ts and ${shown}.test.ts written; next: natgrad check ${shown}.ts\n`;
}
