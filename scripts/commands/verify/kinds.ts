import type { Part } from "../../../src/index.ts";

const kinds = [
  ...(["distribution", "network", "fisher", "solver", "step", "advantage", "agent"] as const),
];

/** What a part is. */
export type PartKind = (typeof kinds)[number];

export const kindList = kinds.join(", ");

/** The kind of a part; of an object that is none, undefined. */
export function kindOf(part: Part): PartKind;
export function kindOf(part: object): PartKind | undefined;
export function kindOf(part: object): PartKind | undefined {
  return kinds.find((kind) => kind in part);
}
