import { expect, it } from "vitest";
import type { Check } from "../../src/index.ts";

/** One test for each check, by its rule. */
export function expectPassed(checks: readonly Check[]): void {
  it.each(checks.map((check) => [check.rule, check] as const))("%s", (_, check) => {
    expect(check).toMatchObject({ status: "passed" });
  });
}
