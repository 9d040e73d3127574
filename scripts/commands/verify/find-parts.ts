import { isFileName, loadModule } from "../../environments/environment-file.ts";
import { unknownName } from "../../support/nearest.ts";
import { show, UserError } from "../../support/user-error.ts";
import type { Part } from "../../../src/index.ts";
import { builtIn, noisyPlane } from "./built-in.ts";
import { kindList, kindOf } from "./kinds.ts";
import { recognise } from "./recognise.ts";
import type { FoundParts } from "./verification.ts";

/**
 * The parts of a file, or of natgrad by name.
 *
 * @throws UserError where there are none.
 */
export async function findParts(given: unknown, all: boolean): Promise<FoundParts> {
  const known = Object.keys(builtIn);
  if (all) {
    if (given === undefined) return { parts: builtIn, unrecognised: [] };
    throw new UserError(`--all takes no further argument, got ${show(given)}; leave one out`);
  }
  if (typeof given !== "string") {
    throw new UserError(
      `verify needs a file or a part, got none; give a file such as ./my-policy.ts, --all, or one of ${known.join(", ")}`,
    );
  }
  if (isFileName(given)) return partsOfFile(given);
  if (Object.hasOwn(builtIn, given))
    return { parts: { [given]: builtIn[given] }, unrecognised: [] };
  const remedy = `the parts are ${known.join(", ")}; a file of your own needs its ending, as in ./${given}.ts`;
  throw unknownName("part", given, known, remedy);
}

/** The parts that a file exports: those of its `verify`, or every export that has the shape of one. */
async function partsOfFile(given: string): Promise<FoundParts> {
  const [file] = given.split("#");
  const wanted = given.split("#").at(1);
  const { exported } = await loadModule(file, "a file of parts");
  const found = "verify" in exported ? declared(exported.verify, file) : recognised(exported);
  const names = Object.keys(found.parts);
  if (names.length === 0) {
    throw new UserError(
      `${file} must export a part (${kindList}) or a function that makes one without arguments, got ${Object.keys(exported).join(", ") || "nothing"}; or export them as verify, see natgrad verify --help`,
    );
  }
  if (wanted === undefined) return found;
  if (!names.includes(wanted)) {
    throw unknownName("part", wanted, names, `${file} has ${names.join(", ")}`);
  }
  return { parts: { [wanted]: found.parts[wanted] }, unrecognised: [] };
}

function declared(verify: unknown, file: string): FoundParts {
  if (typeof verify !== "object" || verify === null) {
    throw new UserError(
      `verify of ${file} must be an object of parts by name, got ${show(verify)}; see natgrad verify --help`,
    );
  }
  const parts = Object.entries(verify as Record<string, unknown>).map(
    ([name, part]): [string, Part] => {
      if (typeof part !== "object" || part === null || kindOf(part) === undefined) {
        throw new UserError(
          `${name} in verify of ${file} must have one of ${kindList}, got ${show(part)}; as in { step: () => myRule(0.01), kl: 0.01 }`,
        );
      }
      const usual = kindOf(part) === "agent" ? { environment: noisyPlane(), ...part } : part;
      return [name, usual as Part];
    },
  );
  return { parts: Object.fromEntries(parts), unrecognised: [] };
}

function recognised(exported: Readonly<Record<string, unknown>>): FoundParts {
  const all = Object.entries(exported).map(([name, value]) => ({ name, part: recognise(value) }));
  const parts = all.flatMap(({ name, part }): [string, Part][] => (part ? [[name, part]] : []));
  return {
    parts: Object.fromEntries(parts),
    unrecognised: all.filter(({ part }) => part === undefined).map(({ name }) => name),
  };
}
