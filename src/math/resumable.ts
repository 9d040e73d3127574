import { type Random, type RandomState, restoreRandom } from "./random.ts";
import type { Vector } from "./vector.ts";

/** What a part remembers, as a tree of plain values; its vectors are copies. */
export type Saved = null | boolean | number | string | Vector | readonly Saved[] | SavedParts;
/** Saved parts by name. */
export interface SavedParts {
  readonly [name: string]: Saved;
}

/** A part that remembers something from one update to the next. */
export interface Resumable {
  save(): Saved;
  /** Goes on, bit for bit, from where `save` was. @throws RangeError for what it did not save. */
  restore(saved: Saved): void;
}

/** The state of several parts by name; those that remember nothing are left out. */
export function jointly(parts: Readonly<Record<string, Resumable | undefined>>): Resumable {
  const kept = Object.entries(parts).flatMap(([name, part]) =>
    part === undefined ? [] : [{ name, part }],
  );
  return {
    save: () => Object.fromEntries(kept.map(({ name, part }) => [name, part.save()])),
    restore: (saved) => kept.forEach(({ name, part }) => part.restore(savedPart(saved, name))),
  };
}

/** The state of numbers that stay in the same place, such as θ. */
export function vectorState(name: string, x: Vector): Resumable {
  return {
    save: () => x.slice(),
    restore: (saved) => x.set(requireVector(saved, name, x.length)),
  };
}

/** The state of streams by name, which are replaced when they are restored. */
export function streamsState(streams: Record<string, Random>): Resumable {
  return {
    save: () => {
      const entries = Object.entries(streams).map(([name, stream]) => [name, saveRandom(stream)]);
      return Object.fromEntries(entries) as SavedParts;
    },
    restore: (saved) => {
      for (const name of Object.keys(streams)) streams[name] = savedRandom(saved, name);
    },
  };
}

/** A saved part by name. @throws RangeError where there is none. */
export function savedPart(saved: Saved, name: string): Saved {
  const part = isTree(saved) && Object.hasOwn(saved, name) ? saved[name] : undefined;
  if (part !== undefined) return part;
  throw new RangeError(`restore: the saved state must hold ${name}, got ${shown(saved)}`);
}

/** All saved parts with their names. @throws RangeError where there are none to name. */
export function savedEntries(saved: Saved): (readonly [string, Saved])[] {
  if (isTree(saved)) return Object.entries(saved);
  throw new RangeError(`restore: the saved state must hold parts by name, got ${shown(saved)}`);
}

/** A saved vector by name, of `length` numbers where that is given. @throws RangeError */
export function savedVector(saved: Saved, name: string, length?: number): Vector {
  return requireVector(savedPart(saved, name), name, length);
}

/** A saved number by name. @throws RangeError */
export function savedNumber(saved: Saved, name: string): number {
  const value = savedPart(saved, name);
  if (typeof value === "number") return value;
  throw new RangeError(`restore: ${name} must be a number, got ${shown(value)}`);
}

/** A stream as plain values. */
export function saveRandom(random: Random): Saved {
  const { seed, alea } = random.save();
  return { seed, ...alea };
}

/** The stream that `saveRandom` saved by this name. @throws RangeError */
export function savedRandom(saved: Saved, name: string): Random {
  const part = savedPart(saved, name);
  const seed = savedPart(part, "seed");
  if (typeof seed !== "string") {
    throw new RangeError(`restore: the seed of ${name} must be a string, got ${shown(seed)}`);
  }
  const [c, s0, s1, s2] = ["c", "s0", "s1", "s2"].map((key) => savedNumber(part, key));
  const alea: RandomState["alea"] = { c, s0, s1, s2 };
  return restoreRandom({ seed, alea });
}

/** A saved vector, of `length` numbers where that is given. @throws RangeError */
export function requireVector(saved: Saved, name: string, length?: number): Vector {
  if (saved instanceof Float64Array && (length === undefined || saved.length === length)) {
    return saved;
  }
  const wanted = length === undefined ? "numbers" : `${length} numbers`;
  throw new RangeError(`restore: ${name} must be a vector of ${wanted}, got ${shown(saved)}`);
}

function isTree(saved: Saved): saved is SavedParts {
  return (
    typeof saved === "object" && saved !== null && !isList(saved) && !ArrayBuffer.isView(saved)
  );
}

function isList(saved: object): saved is readonly Saved[] {
  return Array.isArray(saved);
}

function shown(saved: Saved): string {
  if (saved instanceof Float64Array) return `a vector of ${saved.length} numbers`;
  if (isTree(saved)) return `a part with ${Object.keys(saved).join(", ") || "nothing"}`;
  return JSON.stringify(saved);
}
