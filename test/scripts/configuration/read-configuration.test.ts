import * as fs from "node:fs";
import * as path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { configurationJsonSchema, schemaFile } from "../../../scripts/configuration/json-schema.ts";
import {
  configurationFrom,
  readConfiguration,
} from "../../../scripts/configuration/read-configuration.ts";
import { UserError } from "../../../scripts/support/user-error.ts";
import { emptyFolder } from "../cli.ts";
import { cases } from "./cases.ts";

const root = path.join(import.meta.dirname, "../../..");
const published: unknown = JSON.parse(fs.readFileSync(path.join(root, schemaFile), "utf8"));

describe("the reader of a configuration", () => {
  it.each(cases)("%j", (value, message) => {
    const read = (): unknown => configurationFrom("run.json", value);
    if (message === undefined) expect(read).not.toThrow();
    else {
      expect(read).toThrow(UserError);
      expect(read).toThrow(message);
    }
  });

  it.each([
    ["missing.json", undefined, /--config must be a JSON file, got .*, which does not exist/],
    ["damaged.json", '{"seed": 1,\n', /which is not JSON \([^\n]*\); check it$/],
    ["empty.json", "", /which is not JSON/],
  ])("refuses %s", (name, text, message) => {
    const file = path.join(emptyFolder(), name);
    if (text !== undefined) fs.writeFileSync(file, text);
    expect(() => readConfiguration(file)).toThrow(UserError);
    expect(() => readConfiguration(file)).toThrow(message);
    expect(() => readConfiguration(path.dirname(file))).toThrow(/which is a folder/);
  });

  it("passes over a byte order mark, and takes paths from the file's folder", () => {
    const file = path.join(emptyFolder(), "run.json");
    fs.writeFileSync(file, '\uFEFF{"environment": {"name": "../mine.ts#two"}}');
    const { environmentName } = readConfiguration(file);
    expect(environmentName).toBe(`${path.resolve(path.dirname(file), "../mine.ts")}#two`);
  });
});

describe("the published JSON Schema", () => {
  it("is what npm run docs:schema writes", () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(configurationJsonSchema())));
  });

  const validate = new Ajv2020({ strict: true }).compile(published as object);
  it.each(cases)("accepts and refuses as the reader does: %j", (value, message) => {
    expect(validate(value)).toBe(message === undefined);
  });

  it("knows the options of natgrad's environments", () => {
    const pendulum = (options: object): object => ({ environment: { name: "pendulum", options } });
    expect(validate(pendulum({ gravity: 1 }))).toBe(true);
    expect(validate(pendulum({ gravitas: 1 }))).toBe(false);
  });
});
