/**
 * Checks the package as a stranger gets it: `npm run check:package`.
 *
 * Builds and packs it, lints the tarball, installs that in an empty folder, and there compiles and
 * runs a program against it and the command line, with the Node of the machine and not our own.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

const root = join(import.meta.dirname, "..");
const scratch = mkdtempSync(join(tmpdir(), "natgrad-package-"));
const foreign = join(scratch, "foreign");

/** The environment without our own node_modules/.bin, so that `node` is the machine's. */
const environment = {
  ...process.env,
  PATH: (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes("node_modules"))
    .join(delimiter),
};

/** A program of somebody else. */
const program = `
import { createRandom, train, type Agent, type TrainingRecord } from "natgrad";
import { environments, lqr, lqrReference, optimum, type LqrEnvironment } from "natgrad/envs";
import { agents, natural } from "natgrad/agents";

const environment: LqrEnvironment = lqr({ horizon: 20 });
const random = createRandom(1);
const agent: Agent = natural(environment, random.split("agent"), { kl: 0.05 });
const reference = lqrReference(environment.problem);
const records: TrainingRecord[] = [...train({ environment, agent, random, reference, steps: 4000 })];
// @ts-expect-error the step of a natural agent is called kl
natural.bind(null, environment, random, { stepSize: 1 });
if (records.length !== 2 || !(records[1].comparison!.exactReturn > records[0].comparison!.exactReturn)) {
  throw new Error("training on lqr did not raise J");
}
const names = [...Object.keys(environments), ...Object.keys(agents)];
console.log("program:", names.join(" "), optimum(environment.problem, 0.95).K[0][0].toFixed(6));
`;

const compilerOptions = {
  target: "ES2023",
  module: "nodenext",
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  types: [],
};

try {
  await check();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function check(): Promise<void> {
  say("build and pack");
  run("npm", ["run", "--silent", "build"], root, process.env);
  run("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", scratch], root);
  const { name, version } = readManifest();
  const tarball = join(scratch, `${name}-${version}.tgz`);

  say("publint");
  await lint(tarball);

  say("install in an empty folder");
  mkdirSync(foreign);
  write("package.json", JSON.stringify({ private: true, type: "module" }));
  run("npm", [
    "install",
    "--loglevel=error",
    "--prefer-offline",
    "--no-audit",
    "--no-fund",
    tarball,
  ]);

  say(`compile and run a program with node ${run("node", ["--version"]).trim()}`);
  write("program.ts", program);
  write("tsconfig.json", JSON.stringify({ compilerOptions, files: ["program.ts"] }));
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  run(process.execPath, [compiler, "-p", "."]);
  process.stdout.write(run("node", ["program.js"]));

  say("the command line");
  const cli = (...args: string[]): string => run(join(foreign, "node_modules/.bin/natgrad"), args);
  process.stdout.write(cli("list"));
  const lines = cli("train", "lqr", "--steps", "2000", "--json").trim().split("\n");
  const types = lines.map((line) => (JSON.parse(line) as { type: string }).type);
  if (types.join(" ") !== "update evaluation") {
    throw new Error(`train --json must print an update and an evaluation, got ${types.join(" ")}`);
  }
  const printed = cli("reproduce", "peters-schaal", "--quick");
  if (!printed.includes("16 files in runs/peters-schaal")) {
    throw new Error(`reproduce --quick must write 16 files, got\n${printed}`);
  }
  say("the package is sound");
}

async function lint(tarball: string): Promise<void> {
  const bytes = new Uint8Array(readFileSync(tarball)).buffer;
  const { messages, pkg } = await publint({ pack: { tarball: bytes }, strict: true });
  if (messages.length === 0) return;
  throw new Error(messages.map((message) => formatMessage(message, pkg)).join("\n"));
}

function readManifest(): { name: string; version: string } {
  const text = readFileSync(join(root, "package.json"), "utf8");
  return JSON.parse(text) as { name: string; version: string };
}

function write(file: string, text: string): void {
  writeFileSync(join(foreign, file), text);
}

/** Runs a program and returns its stdout; its stderr is shown, and its failure is ours. */
function run(
  command: string,
  args: readonly string[],
  cwd = foreign,
  env: NodeJS.ProcessEnv = environment,
): string {
  try {
    return execFileSync(command, args, { cwd, env, encoding: "utf8" });
  } catch (error) {
    if (error instanceof Error && "stdout" in error) process.stderr.write(String(error.stdout));
    throw error;
  }
}

function say(text: string): void {
  process.stdout.write(`— ${text}\n`);
}
