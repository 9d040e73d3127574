import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { onTestFinished } from "vitest";

const entry = path.join(import.meta.dirname, "../../scripts/natgrad.ts");

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts natgrad in `cwd`. */
export function start(args: readonly string[], cwd = tmpdir()): ChildProcess {
  return spawn(process.execPath, [entry, ...args], { cwd, stdio: ["pipe", "pipe", "pipe"] });
}

/** Runs natgrad to its end. */
export function natgrad(args: readonly string[], cwd?: string, input = ""): Promise<Result> {
  const child = start(args, cwd);
  child.stdin?.end(input);
  return ended(child);
}

export function ended(child: ChildProcess): Promise<Result> {
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve) => {
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** An empty folder that is removed after the test. */
export function emptyFolder(whenFinished = onTestFinished): string {
  const folder = fs.mkdtempSync(path.join(tmpdir(), "natgrad-test-"));
  whenFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}
