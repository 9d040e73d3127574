import * as path from "node:path";
import { csvLine, type Field } from "../support/csv.ts";
import { toJson } from "../support/json.ts";
import { scalarsRecord, versionRecord } from "./events.ts";
import { type GrowingFile, openGrowingFile } from "./growing-file.ts";

/** What is told of an update: groups of fields by name. */
export type Scalars = Readonly<Record<string, Readonly<Record<string, Field>>>>;

const csv = "progress.csv";
const jsonLines = "progress.jsonl";
/** TensorBoard reads files with this word in their name. */
const events = "events.out.tfevents.natgrad";
export const progressFiles = [csv, jsonLines, events] as const;

/** The files of a run that grow by a record an update. */
export interface Progress {
  /** The same record to each file. */
  add(steps: number, scalars: Scalars): void;
  /** Bytes of each file so far. */
  sizes(): Record<string, number>;
  sync(): void;
  close(): void;
}

/**
 * Opens the three files, cut off at the sizes that an earlier `sizes` gave: progress.csv and
 * progress.jsonl with all fields, and for TensorBoard the numbers by environment steps, as `group/field`.
 */
export function openProgress(folder: string, sizes: Readonly<Record<string, number>>): Progress {
  const open = (name: string): GrowingFile =>
    openGrowingFile(path.join(folder, name), sizes[name] ?? 0);
  const files = { [csv]: open(csv), [jsonLines]: open(jsonLines), [events]: open(events) };
  const all = Object.values(files);
  const seconds = (): number => Date.now() / 1000;
  if (files[events].size === 0) files[events].append(versionRecord(seconds()));
  return {
    add: (steps, scalars) => {
      const fields = Object.assign({}, ...Object.values(scalars)) as Record<string, Field>;
      const header = files[csv].size === 0 ? csvLine(Object.keys(fields)) : "";
      files[csv].append(header + csvLine(Object.values(fields)));
      files[jsonLines].append(`${toJson(fields)}\n`);
      files[events].append(scalarsRecord(steps, numbersOf(scalars), seconds()));
    },
    sizes: () => Object.fromEntries(Object.entries(files).map(([name, file]) => [name, file.size])),
    sync: () => all.forEach((file) => file.sync()),
    close: () => all.forEach((file) => file.close()),
  };
}

function numbersOf(scalars: Scalars): Record<string, number> {
  const entries = Object.entries(scalars).flatMap(([group, fields]) =>
    Object.entries(fields).flatMap(([name, value]): [string, number][] =>
      typeof value === "number" && Number.isFinite(value) ? [[`${group}/${name}`, value]] : [],
    ),
  );
  return Object.fromEntries(entries);
}
