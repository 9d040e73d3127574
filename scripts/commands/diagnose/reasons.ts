import type { UpdateRecord } from "./records.ts";

/** Updates without a step for the same reason. */
export interface Reason {
  /** As reported, with … for the numbers in it. */
  readonly reason: string;
  readonly count: number;
  /** The first and the last of them. */
  readonly first: number;
  readonly last: number;
}

/** Why updates took no step, the most frequent reason first. */
export function reasonsOf(records: readonly UpdateRecord[]): Reason[] {
  const groups = new Map<string, number[]>();
  for (const { outcome, update } of records) {
    if (outcome === "accepted" || outcome === "shrunk") continue;
    const reason = withoutNumbers(String(outcome));
    groups.set(reason, [...(groups.get(reason) ?? []), Number(update)]);
  }
  return [...groups]
    .map(([reason, updates]) => ({
      reason,
      count: updates.length,
      first: updates[0],
      last: updates[updates.length - 1],
    }))
    .sort((a, b) => b.count - a.count);
}

function withoutNumbers(reason: string): string {
  return reason.replace(/-?(\d+(\.\d+)?(e[+-]?\d+)?|Infinity|NaN)/g, "…");
}
