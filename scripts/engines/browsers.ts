import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

export interface Browser {
  readonly command: string;
  /** Arguments for a run without a window in a profile of its own. */
  readonly args: (profile: string) => readonly string[];
}

const chromiumArgs: Browser["args"] = (profile) => [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
  `--user-data-dir=${profile}`,
];

/** Those that are looked for. */
export const browsers: readonly Browser[] = [
  { command: "chromium", args: chromiumArgs },
  { command: "google-chrome", args: chromiumArgs },
  { command: "firefox", args: (profile) => ["--headless", "--no-remote", "--profile", profile] },
];

const PAGE =
  '<!doctype html><title>natgrad</title><script type="module" src="/program.js"></script>';
const PATIENCE = 120_000;

/** What the page with this script sends back. @throws Error after two minutes of silence. */
export async function runInBrowser(
  { command, args }: Browser,
  script: string,
  scratch: string,
): Promise<string> {
  const { server, result } = serve(script);
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const profile = mkdtempSync(join(scratch, "profile-"));
  const child = spawn(command, [...args(profile), `http://127.0.0.1:${port}/`], {
    stdio: "ignore",
  });
  const silence = new Promise<never>((_, reject) => {
    child.on("error", reject);
    setTimeout(() => reject(new Error(`${command}: no result in time`)), PATIENCE).unref();
  });
  try {
    return await Promise.race([result, silence]);
  } finally {
    const gone = new Promise((resolve) => child.on("exit", resolve));
    child.kill();
    await gone;
    server.close();
    server.closeAllConnections();
  }
}

/** A server of the page, and what the page posts to it. */
function serve(script: string): { server: Server; result: Promise<string> } {
  let deliver: (text: string) => void;
  const result = new Promise<string>((resolve) => (deliver = resolve));
  const server = createServer((request, response) => {
    if (request.method === "POST") {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        response.end();
        deliver(Buffer.concat(chunks).toString());
      });
      return;
    }
    const wantsScript = request.url === "/program.js";
    response.setHeader("content-type", wantsScript ? "text/javascript" : "text/html");
    response.end(wantsScript ? script : PAGE);
  });
  return { server, result };
}
