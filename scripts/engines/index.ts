/**
 * `npm run check:engines`: trains a few updates in this Node, in the Node of the machine and in the
 * browsers that it finds, and compares θ bit for bit.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { rolldown } from "rolldown";
import { type Browser, browsers, runInBrowser } from "./browsers.ts";
import { fingerprints } from "./program.ts";

/** By name; `failed` alone where the program threw. */
type Fingerprints = Readonly<Partial<Record<string, string>>>;

const scratch = mkdtempSync(join(tmpdir(), "natgrad-engines-"));
try {
  process.exitCode = (await check()) ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}

/** Whether all engines agree. */
async function check(): Promise<boolean> {
  const expected = fingerprints();
  const names = Object.keys(expected);
  const print = (engine: string, found: Fingerprints): void =>
    console.log(engine.padEnd(40), ...names.map((name) => (found[name] ?? "–").padStart(9)));
  console.log("".padEnd(40), ...names.map((name) => name.padStart(9)));
  print(`Node ${process.version}`, expected);

  const script = await bundle();
  const others: string[] = [];
  const compare = (engine: string, result: string): void => {
    const found = JSON.parse(result) as Fingerprints;
    print(engine, found);
    if (found.failed !== undefined) console.log(found.failed);
    if (names.some((name) => found[name] !== expected[name])) others.push(engine);
  };
  compare(`Node ${machineNode("--version")} of the machine`, machineNode(script.path));
  for (const browser of browsers) {
    const version = versionOf(browser);
    if (version === undefined) console.log(`${browser.command}: not found`);
    else compare(version, await runInBrowser(browser, script.code, scratch));
  }
  console.log(others.length ? `Other bits: ${others.join(", ")}.` : "All give the same bits.");
  return others.length === 0;
}

/** The program and all that it imports in one module. */
async function bundle(): Promise<{ path: string; code: string }> {
  const input = join(import.meta.dirname, "entry.ts");
  const built = await rolldown({ input, logLevel: "warn" });
  const { output } = await built.generate({ format: "esm" });
  const path = join(scratch, "program.mjs");
  writeFileSync(path, output[0].code);
  return { path, code: output[0].code };
}

/** What the `node` outside our own node_modules prints. */
function machineNode(argument: string): string {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const PATH = folders.filter((folder) => !folder.includes("node_modules")).join(delimiter);
  const env = { ...process.env, PATH };
  return execFileSync("node", [argument], { env, encoding: "utf8" }).trim();
}

function versionOf({ command }: Browser): string | undefined {
  try {
    const text = execFileSync(command, ["--version"], { encoding: "utf8", stdio: "pipe" });
    return text.trim().slice(0, 40);
  } catch {
    return undefined;
  }
}
