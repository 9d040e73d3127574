import * as z from "zod";
import { agents } from "../../agents/index.ts";
import { environments } from "../../envs/index.ts";
import {
  agentSection,
  anyAgentOptions,
  configurationSchema,
  environmentSection,
} from "./configuration.ts";

/** Where the file of the schema stands in the repository and the package. */
export const schemaFile = "docs/config.schema.json";

/**
 * The JSON Schema (draft 2020-12) of a configuration: the sections of each environment and agent by
 * name, those without a name, and those of an environment in a user's file, whose options it cannot
 * know. It says nothing of rules between two keys.
 */
export function configurationJsonSchema(): object {
  const schema = configurationSchema(
    z.union([...namedEnvironments(), ownEnvironment(), environmentSection(unnamed, anyOptions)]),
    z.union([...namedAgents(), agentSection(unnamed, anyAgentOptions)]),
  );
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return {
    $schema,
    title: "natgrad configuration",
    description: "What natgrad train --config reads and natgrad train --out writes as config.json.",
    ...rest,
  };
}

const unnamed = z.never().optional();
const anyOptions = z.record(z.string(), z.unknown());

function namedEnvironments(): z.ZodObject[] {
  return Object.entries(environments).map(([name, { summary, options = z.strictObject({}) }]) =>
    environmentSection(z.literal(name), options).describe(summary),
  );
}

function ownEnvironment(): z.ZodObject {
  const file = z.string().regex(/\.[cm]?[jt]s(#[\w$]*)?$/);
  const described = file.describe("a file of your own, relative to this one, and perhaps #export");
  return environmentSection(described, anyOptions);
}

function namedAgents(): z.ZodObject[] {
  return Object.entries(agents).map(([name, { summary, options }]) =>
    agentSection(z.literal(name), options).describe(summary),
  );
}
