export type Field = string | number | boolean;

/** One line of RFC 4180: fields with commas, quotes or line breaks quoted, ended by CR LF. */
export function csvLine(fields: readonly Field[]): string {
  return `${fields.map(quoted).join(",")}\r\n`;
}

function quoted(field: Field): string {
  const text = String(field);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
