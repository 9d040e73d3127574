/** The lines of an RFC 4180 file as fields. */
export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * Reads CSV text with a header. A last line without its line break is that of a writer that was
 * stopped or is still at it, and is left out.
 *
 * @throws RangeError for a row with more or fewer fields than the header, and for stray quotes.
 */
export function readCsv(text: string): CsvTable {
  const [header = [], ...rows] = recordsOf(text);
  const odd = rows.findIndex((row) => row.length !== header.length);
  if (odd >= 0) {
    throw new RangeError(
      `every row must have the ${header.length} fields of the header, got ${rows[odd].length} in row ${odd + 1}`,
    );
  }
  return { header, rows };
}

function recordsOf(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let read = 0;
  // A field in quotes, in which a quote is doubled, or a plain one; then what ends it.
  for (const match of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n)/gy)) {
    const [whole, quoted, plain, end] = match as unknown as (string | undefined)[];
    record.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    read = match.index + (whole ?? "").length;
    if (end === ",") continue;
    records.push(record);
    record = [];
  }
  if (/\n./s.test(text.slice(read))) {
    throw new RangeError(`quotes must enclose whole fields, got others in row ${records.length}`);
  }
  return records;
}
