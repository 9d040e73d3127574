/**
 * Runs the commands of a page, which come on stdin as blocks of steps, in the working folder and in
 * one process, and prints what each block printed: a process for each command would start anew for
 * half a second.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { resolveNatgrad } from "../../scripts/environments/resolve-natgrad.ts";
import type { Step } from "./steps.ts";

const commandLine = new URL("../../scripts/natgrad.ts", import.meta.url).href;
const blocks = JSON.parse(readFileSync(0, "utf8")) as Step[][];
const write = process.stdout.write.bind(process.stdout);
let printed = "";
const collect = (text: unknown): boolean => {
  printed += String(text);
  return true;
};
process.stdout.write = collect;
process.stderr.write = collect;
process.stdout.setMaxListeners(0);
resolveNatgrad();

let count = 0;

/** Runs one command; a query makes the module a new one. */
async function take({ program, args }: Step): Promise<void> {
  const query = `?step=${++count}`;
  if (program === "natgrad") {
    process.argv = [process.execPath, program, ...args];
    await import(commandLine + query);
  } else if (program === "node") {
    await import(pathToFileURL(resolve(args[0])).href + query);
  } else {
    collect(execFileSync(program, args, { encoding: "utf8", stdio: "pipe" }));
  }
  if (process.exitCode) collect(`exit code ${process.exitCode}\n`);
  process.exitCode = 0;
}

const outputs: string[] = [];
for (const steps of blocks) {
  printed = "";
  for (const step of steps) await take(step);
  outputs.push(printed);
}
write(JSON.stringify(outputs));
