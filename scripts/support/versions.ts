import { createRequire } from "node:module";

/** What made a result: the versions of natgrad and of Node. */
export interface Versions {
  readonly natgrad: string;
  readonly node: string;
}

export function versions(): Versions {
  const manifest = createRequire(import.meta.url)("natgrad/package.json") as { version: string };
  return { natgrad: manifest.version, node: process.versions.node };
}
