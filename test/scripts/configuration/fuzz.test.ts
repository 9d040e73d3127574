import * as fs from "node:fs";
import * as path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it, vi } from "vitest";
import { readSettings } from "../../../scripts/commands/train/settings.ts";
import { configurationJsonSchema } from "../../../scripts/configuration/json-schema.ts";
import {
  configurationFrom,
  readConfiguration,
} from "../../../scripts/configuration/read-configuration.ts";
import { UserError } from "../../../scripts/support/user-error.ts";
import { createRandom, type Random } from "../../../src/index.ts";
import { emptyFolder } from "../cli.ts";
import { cases } from "./cases.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const full: Json = {
  commandLine: ["natgrad", "train", "lqr"],
  versions: { natgrad: "0.1.0", node: "24" },
  seed: 1,
  environment: { name: "lqr", options: {}, wrappers: { timeLimit: 20 }, horizon: 20 },
  agent: { name: "trpo", options: { kl: 0.1, damping: 1e-3, hidden: [], gain: [], minStd: 0 } },
  kernels: null,
  training: { steps: 2000, stepsPerUpdate: 1000, environments: 4 },
  evaluation: { episodes: 10, deterministic: true },
  execution: { workers: 1, checkpointEvery: 1 },
};
const valid = [full, ...cases.filter(([, message]) => !message).map(([value]) => value as Json)];
const values: readonly Json[] = [
  ...[null, true, false, 0, -0, -1, 0.5, 1, 3, 64, 1e308, -1e308, 2 ** 53, 5e-324],
  ...["", "none", "trpo", "lqr", "./x.ts", "__proto__", "sb3", "\u0000", "é".repeat(99)],
  ...[[], {}, [1], ["a"], [[[[]]]], { name: "nac" }, { options: {} }, { kl: 0.1 }],
];
const keys = ["__proto__", "constructor", "toString", "", "name", "options", "kl", "seed", "agent"];

const pick = <T>(random: Random, from: readonly T[]): T =>
  from[Math.floor(random.uniform(0, from.length))];

/** The value with one part of it replaced, removed, renamed or added. */
function mutated(value: Json, random: Random): Json {
  if (typeof value !== "object" || value === null || random.uniform(0, 1) < 0.1) {
    return pick(random, values);
  }
  if (Array.isArray(value)) {
    const at = Math.floor(random.uniform(0, value.length + 1));
    return [...value.slice(0, at), pick(random, values), ...value.slice(at + 1)];
  }
  const entries = Object.entries(value);
  const kind = random.uniform(0, 1);
  if (kind < 0.2 || entries.length === 0) {
    return made([...entries, [pick(random, keys), pick(random, values)]]);
  }
  const at = Math.floor(random.uniform(0, entries.length));
  const [key, inner] = entries[at];
  const others = entries.filter((_, i) => i !== at);
  if (kind < 0.3) return made(others);
  if (kind < 0.4) return made([...others, [key.slice(1), inner]]);
  return made([...others, [key, mutated(inner, random)]]);
}

/** The object with these keys as its own, as a JSON file makes them. */
function made(entries: readonly (readonly [string, Json])[]): Json {
  const text = entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return JSON.parse(`{${text.join(",")}}`) as Json;
}

/** Whether `work` ends, or refuses as it should; any other error fails the test. */
async function outcomeOf(work: () => unknown): Promise<"read" | "refused"> {
  try {
    await work();
    return "read";
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.message).not.toContain("\n");
    return "refused";
  }
}

describe("a damaged configuration", () => {
  it("gives settings or a UserError, never another error: 3000 changed values", async () => {
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const random = createRandom(11);
    const file = path.join(emptyFolder(), "run.json");
    const outcomes = { read: 0, refused: 0 };
    for (let i = 0; i < 3000; i++) {
      const times = 1 + (i % 3);
      let value = pick(random, valid);
      for (let k = 0; k < times; k++) value = mutated(value, random);
      fs.writeFileSync(file, JSON.stringify(value));
      const argv = i % 2 === 0 ? { config: file } : { config: file, env: "lqr" };
      outcomes[await outcomeOf(() => readSettings(argv, []))]++;
    }
    expect(outcomes.read).toBeGreaterThan(100);
    expect(outcomes.refused).toBeGreaterThan(100);
  });

  it("gives a configuration or a UserError: 5000 changed bytes", async () => {
    const random = createRandom(12);
    const file = path.join(emptyFolder(), "run.json");
    const outcomes = { read: 0, refused: 0 };
    for (let i = 0; i < 5000; i++) {
      const bytes = Buffer.from(JSON.stringify(pick(random, valid)));
      for (let k = 0; k <= i % 3; k++) {
        bytes[Math.floor(random.uniform(0, bytes.length))] = Math.floor(random.uniform(0, 256));
      }
      const cut = i % 5 === 0 ? Math.floor(random.uniform(0, bytes.length)) : bytes.length;
      fs.writeFileSync(file, bytes.subarray(0, cut));
      outcomes[await outcomeOf(() => readConfiguration(file))]++;
    }
    expect(outcomes.read).toBeGreaterThan(100);
    expect(outcomes.refused).toBeGreaterThan(1000);
  });

  it("is refused however deep or long it is", async () => {
    for (const text of ["[".repeat(1e6), `${"[".repeat(1e5)}${"]".repeat(1e5)}`]) {
      const file = path.join(emptyFolder(), "run.json");
      fs.writeFileSync(file, text);
      expect(await outcomeOf(() => readConfiguration(file))).toBe("refused");
      fs.writeFileSync(file, `{"seed": ${text}}`);
      expect(await outcomeOf(() => readConfiguration(file))).toBe("refused");
    }
  });

  it("is refused by the reader where the JSON Schema refuses it, and there alone", async () => {
    const validate = new Ajv2020().compile(configurationJsonSchema());
    const random = createRandom(13);
    for (let i = 0; i < 2000; i++) {
      const value = mutated(mutated(pick(random, valid), random), random);
      const schema = validate(value) ? "read" : "refused";
      const text = JSON.stringify(value);
      const outcome = await outcomeOf(() => configurationFrom("run.json", value));
      if (knownToSchemaAlone(value)) continue;
      expect({ text, outcome }).toEqual({ text, outcome: schema });
    }
  });
});

/** The reader leaves the environment's name and options to who finds the environment. */
function knownToSchemaAlone(value: Json): boolean {
  const { environment } = (value ?? {}) as { environment?: { name?: unknown; options?: unknown } };
  const { name, options } = environment ?? {};
  return typeof name === "string" || (typeof options === "object" && options !== null);
}
