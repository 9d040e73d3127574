/** A font that figures are rendered with: the characters that it can draw. */
export interface FontCoverage {
  readonly has: (codePoint: number) => boolean;
}

/** Bytes of a `cmap` subtable of format 12 before its groups, and of a group. */
const HEAD = 16;
const GROUP = 12;

/**
 * The characters of a TrueType font, from its `cmap` table in format 12: groups of a first and a last
 * code point. Source: the OpenType specification, chapter “cmap”.
 *
 * @throws Error for a font without such a table.
 */
export function coverageOf(font: Uint8Array): FontCoverage {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const at = subtable(view, tableAt(view, "cmap"));
  const groups = Array.from({ length: view.getUint32(at + HEAD - 4) }, (_, i) => {
    const group = at + HEAD + GROUP * i;
    return { first: view.getUint32(group), last: view.getUint32(group + 4) };
  });
  return { has: (code) => groups.some(({ first, last }) => first <= code && code <= last) };
}

/** Where the table of this name begins. */
function tableAt(view: DataView, name: string): number {
  const count = view.getUint16(4);
  for (let i = 0; i < count; i++) {
    const record = 12 + 16 * i;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((k) => view.getUint8(record + k)));
    if (tag === name) return view.getUint32(record + 8);
  }
  throw new Error(`coverageOf: a font must have a table ${name}, got none`);
}

/** Where the subtable of format 12 begins. */
function subtable(view: DataView, cmap: number): number {
  const count = view.getUint16(cmap + 2);
  for (let i = 0; i < count; i++) {
    const at = cmap + view.getUint32(cmap + 4 + 8 * i + 4);
    if (view.getUint16(at) === 12) return at;
  }
  throw new Error("coverageOf: a font must have a cmap subtable of format 12, got none");
}

/**
 * Refuses the text of an SVG file that some font cannot draw: it would show a box in its place. What
 * is not drawn, the title and the description of the file, may hold any character.
 *
 * @throws RangeError that names the character and the words around it.
 */
export function requireCharacters(svg: string, fonts: readonly FontCoverage[]): void {
  const drawn = svg.replace(/<(title|desc|style)\b[^>]*>[^]*?<\/\1>/g, "");
  for (const [, escaped] of drawn.matchAll(/>([^<]+)/g)) {
    const text = unescaped(escaped);
    for (const character of text.replace(/[\n\r\t]/g, "")) {
      const code = character.codePointAt(0) ?? 0;
      if (fonts.every((font) => font.has(code))) continue;
      const number = code.toString(16).toUpperCase().padStart(4, "0");
      throw new RangeError(
        `svgToPng: figures must be written in characters of Source Sans 3, got “${character}” (U+${number}) in “${text}”: write it with others`,
      );
    }
  }
}

/** Text with numeric entities replaced; the others stand for ASCII, or for a space. */
function unescaped(text: string): string {
  return text.replace(/&#(x?)([0-9a-f]+);/gi, (_, hex: string, digits: string) =>
    String.fromCodePoint(parseInt(digits, hex === "" ? 10 : 16)),
  );
}
