import * as fs from "node:fs";

export type Field = string | number | boolean;

/** One line of RFC 4180: fields with commas, quotes or line breaks quoted, ended by CR LF. */
export function csvLine(fields: readonly Field[]): string {
  return `${fields.map(quoted).join(",")}\r\n`;
}

function quoted(field: Field): string {
  const text = String(field);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A CSV file that grows by whole lines. */
export interface CsvFile {
  /** Adds a whole line or nothing, after a header of the keys before the first; it is in the file on return. */
  append(row: Readonly<Record<string, Field>>): void;
  /** Syncs to disk and closes. */
  close(): void;
}

export function createCsvFile(file: string): CsvFile {
  const descriptor = fs.openSync(file, "w");
  let columns: readonly string[] | undefined;
  let size = 0;
  return {
    append: (row) => {
      const header = columns === undefined ? csvLine(Object.keys(row)) : "";
      columns ??= Object.keys(row);
      const line = Buffer.from(header + csvLine(columns.map((column) => row[column])));
      try {
        fs.writeFileSync(descriptor, line);
        size += line.length;
      } catch (error) {
        fs.ftruncateSync(descriptor, size); // a full disk may have taken half of the line
        throw error;
      }
    },
    close: () => {
      fs.fsyncSync(descriptor);
      fs.closeSync(descriptor);
    },
  };
}
