import type { Saved } from "../../src/index.ts";

/** A tree of saved state in two: JSON, and the vectors that it names. */
export interface Parted {
  readonly tree: unknown;
  readonly vectors: Readonly<Record<string, Float64Array>>;
}

/**
 * Plain values as JSON, each vector as `{ "vector": its name }`, named by its path in the tree. Numbers
 * that JSON cannot say are `{ "number": "NaN" }`, so that every bit comes back.
 */
export function part(saved: Saved): Parted {
  const vectors: Record<string, Float64Array> = {};
  const walk = (value: Saved, path: string): unknown => {
    if (value instanceof Float64Array) {
      vectors[path] = value;
      return { vector: path };
    }
    if (typeof value === "number") return jsonNumber(value);
    if (typeof value !== "object" || value === null) return value;
    if (isList(value)) return value.map((item, i) => walk(item, join(path, String(i))));
    const entries = Object.entries(value).map(([name, item]) => [
      name,
      walk(item, join(path, name)),
    ]);
    return { parts: Object.fromEntries(entries) as object };
  };
  return { tree: walk(saved, ""), vectors };
}

/** The tree that `part` took apart. @throws RangeError for what it did not give. */
export function assemble({ tree, vectors }: Parted): Saved {
  const walk = (value: unknown): Saved => {
    if (value === null || ["boolean", "number", "string"].includes(typeof value)) {
      return value as Saved;
    }
    if (Array.isArray(value)) return value.map(walk);
    const { vector, number, parts } = value as Record<string, unknown>;
    if (typeof vector === "string") return vectorNamed(vectors, vector);
    if (typeof number === "string" && number in unsayable) return unsayable[number];
    if (typeof parts === "object" && parts !== null) {
      return Object.fromEntries(Object.entries(parts).map(([name, item]) => [name, walk(item)]));
    }
    throw new RangeError(
      `saved state must hold values, vectors or parts, got ${JSON.stringify(value)}`,
    );
  };
  return walk(tree);
}

const unsayable: Readonly<Record<string, number>> = {
  NaN,
  Infinity,
  "-Infinity": -Infinity,
  "-0": -0,
};

function jsonNumber(value: number): unknown {
  const name = Object.keys(unsayable).find((key) => Object.is(unsayable[key], value));
  return name === undefined ? value : { number: name };
}

function vectorNamed(vectors: Parted["vectors"], name: string): Float64Array {
  if (Object.hasOwn(vectors, name)) return vectors[name];
  throw new RangeError(`saved state names the vector ${name}, which is not there`);
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function isList(value: object): value is readonly Saved[] {
  return Array.isArray(value);
}
