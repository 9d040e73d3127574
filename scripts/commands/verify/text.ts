import Table from "cli-table3";
import { type Check, findingsOf } from "../../../src/index.ts";
import { formatNumber } from "../../support/numbers.ts";
import { plainTable } from "../../support/tables.ts";
import type { Verification, VerifiedPart } from "./verification.ts";

/** A verification for people: the checks of each part, and what to do about those that failed. */
export function verificationText({ parts, unrecognised, failed }: Verification): string {
  const total = parts.reduce((sum, { checks }) => sum + checks.length, 0);
  const verdict =
    failed === 0 ? `All ${total} checks passed.` : `${failed} of ${total} checks failed.`;
  const passedOver =
    unrecognised.length === 0 ? "" : `Passed over, no part: ${unrecognised.join(", ")}\n`;
  return `${parts.map(partText).join("\n")}\n${passedOver}${verdict}\n`;
}

function partText({ name, kind, checks }: VerifiedPart): string {
  const failed = findingsOf(checks);
  const table = new Table(plainTable([`${name} (${kind})`, "status", "measured", "passes up to"]));
  for (const { rule, status, measured, tolerance } of checks) {
    table.push([rule, status, formatNumber(measured, 3), formatNumber(tolerance, 3)]);
  }
  return `${table.toString()}\n${failed.map(findingText).join("")}`;
}

function findingText({ rule, seen, remedy }: Check): string {
  return `error    ${rule}\n         seen: ${seen}\n         do:   ${remedy}\n`;
}
