import { afterEach, describe, expect, it, vi } from "vitest";
import { runToExit } from "../../scripts/support/exit.ts";
import { UserError } from "../../scripts/support/user-error.ts";

/** What a program that throws leaves on stderr and as its exit code. */
async function failureOf(error: Error): Promise<{ text: string; code: unknown }> {
  const lines: string[] = [];
  vi.spyOn(process.stderr, "write").mockImplementation((text) => lines.push(String(text)) > 0);
  const before = process.exitCode;
  const listeners = process.stdout.listeners("error");
  await runToExit(() => Promise.reject(error));
  for (const listener of process.stdout.listeners("error")) {
    if (!listeners.includes(listener)) process.stdout.off("error", listener as () => void);
  }
  const code = process.exitCode;
  process.exitCode = before;
  return { text: lines.join(""), code };
}

describe("a program ends", () => {
  afterEach(() => vi.restoreAllMocks());

  it("with 2 and the message alone for a mistake of the caller", async () => {
    const { text, code } = await failureOf(new UserError("--steps must be positive, got -1"));
    expect({ text, code }).toEqual({
      text: "natgrad: --steps must be positive, got -1\n",
      code: 2,
    });
  });

  it("with 1, what to do and no stack when the disk is full", async () => {
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), {
      code: "ENOSPC",
    });
    const { text, code } = await failureOf(full);
    expect(code).toBe(1);
    expect(text).toMatch(
      /^natgrad: the disk is full, free some space and run again: ENOSPC.*intact\n$/,
    );
  });

  it("with 1 and the stack for a defect", async () => {
    const { text, code } = await failureOf(new TypeError("x is not a function"));
    expect(code).toBe(1);
    expect(text).toMatch(/please report it\nTypeError: x is not a function\n +at /);
  });
});
