import type { Vector } from "./vector.ts";

/** What a part remembers, as a tree of plain values; its vectors are copies. */
export type Saved =
  null | boolean | number | string | Vector | readonly Saved[] | { readonly [name: string]: Saved };

/** A part that remembers something from one update to the next. */
export interface Resumable {
  save(): Saved;
  /** Goes on, bit for bit, from where `save` was. @throws RangeError for what it did not save. */
  restore(saved: Saved): void;
}
