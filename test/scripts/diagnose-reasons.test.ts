import { describe, expect, it } from "vitest";
import { reasonsOf } from "../../scripts/commands/diagnose/reasons.ts";

describe("reasons", () => {
  it("are grouped without their numbers", () => {
    const records = [
      "accepted",
      "postponed: a",
      "rejected: α = -1.5e-7",
      "rejected: α = 2",
      "shrunk",
    ];
    expect(reasonsOf(records.map((outcome, i) => ({ update: i + 1, outcome })))).toEqual([
      { reason: "rejected: α = …", count: 2, first: 3, last: 4 },
      { reason: "postponed: a", count: 1, first: 2, last: 2 },
    ]);
  });
});
