/** `npm run docs:schema`: writes the JSON Schema of a configuration to its file in docs/. */
import { configurationJsonSchema, schemaFile } from "./configuration/json-schema.ts";
import { writeFileAtomic } from "./support/files.ts";
import { toJsonFile } from "./support/json.ts";

writeFileAtomic(schemaFile, toJsonFile(configurationJsonSchema()));
