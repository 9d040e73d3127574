import type { TrainingRecord } from "../../../src/index.ts";
import type { Scalars } from "../../runs/progress.ts";
import type { Field } from "../../support/csv.ts";

/**
 * All scalar fields of a record in one level: those of `report` and `comparison` by their own names,
 * those inside other objects with the object's name before them, as in solveIterations.
 */
export function flatten(record: TrainingRecord): Record<string, Field> {
  return Object.assign({}, ...Object.values(scalarsOf(record))) as Record<string, Field>;
}

/** The fields by where they come from. */
export function scalarsOf({ report, comparison, ...rest }: TrainingRecord): Scalars {
  const { diagnosis = {}, ...update } = report;
  return {
    rollout: scalars(rest),
    update: scalars(update),
    diagnosis: scalars(diagnosis),
    exact: scalars(comparison ?? {}),
  };
}

function scalars(object: object, prefix = ""): Record<string, Field> {
  const fields: Record<string, Field> = {};
  for (const [key, value] of Object.entries(object) as [string, unknown][]) {
    const name = prefix === "" ? key : prefix + key[0].toUpperCase() + key.slice(1);
    if (isField(value)) fields[name] = value;
    else if (isPlain(value)) Object.assign(fields, scalars(value, name));
  }
  return fields;
}

function isField(value: unknown): value is Field {
  return ["string", "number", "boolean"].includes(typeof value);
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && !ArrayBuffer.isView(value);
}
