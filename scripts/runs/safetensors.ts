/** Vectors by name and what is said of them, as a file of the safetensors format holds them. */
export interface Tensors {
  readonly tensors: Readonly<Record<string, Float64Array>>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The header's own length is a number of 8 bytes. */
const LENGTH_BYTES = 8;
/** The most bytes of a header, as the format's own reader has it. */
const MOST_HEADER_BYTES = 100_000_000;

/**
 * The file: the length of the header, the header in JSON filled up with spaces so that numbers are
 * aligned, then the vectors as float64, little-endian and without gaps, in the order of their names.
 *
 * Source: the safetensors format, github.com/huggingface/safetensors.
 */
export function encodeTensors({ tensors, metadata }: Tensors): Uint8Array {
  const names = Object.keys(tensors).sort();
  let offset = 0;
  const entries = names.map((name): [string, object] => {
    const { length, byteLength } = tensors[name];
    const entry = {
      dtype: "F64",
      shape: [length],
      data_offsets: [offset, offset + byteLength],
    };
    offset += byteLength;
    return [name, entry];
  });
  const text = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) });
  const json = new TextEncoder().encode(text);
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(LENGTH_BYTES + headerBytes + offset);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(headerBytes), true);
  file.set(json, LENGTH_BYTES);
  file.fill(0x20, LENGTH_BYTES + json.length, LENGTH_BYTES + headerBytes);
  let at = LENGTH_BYTES + headerBytes;
  for (const name of names) {
    for (const value of tensors[name]) {
      view.setFloat64(at, value, true);
      at += 8;
    }
  }
  return file;
}

/** The vectors of a file. @throws RangeError that says what is wrong with one that is none, or damaged. */
export function decodeTensors(file: Uint8Array): Tensors {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const { header, start } = readHeader(file, view);
  const { __metadata__: metadata = {}, ...entries } = header;
  const size = file.byteLength - start;
  let covered = 0;
  const tensors = Object.entries(entries).map(([name, entry]): [string, Float64Array] => {
    const { shape, from, to } = requireEntry(name, entry, size);
    covered += to - from;
    const values = new Float64Array(shape);
    for (let i = 0; i < shape; i++) values[i] = view.getFloat64(start + from + 8 * i, true);
    return [name, values];
  });
  if (covered !== size) {
    throw damaged(`its vectors take ${covered} bytes, and it has ${size} for them`);
  }
  return { tensors: Object.fromEntries(tensors), metadata: requireTexts(metadata) };
}

type Header = Readonly<Record<string, unknown>>;

function readHeader(file: Uint8Array, view: DataView): { header: Header; start: number } {
  if (file.byteLength < LENGTH_BYTES) throw damaged(`it has ${file.byteLength} bytes`);
  const length = view.getBigUint64(0, true);
  const rest = file.byteLength - LENGTH_BYTES;
  if (length > BigInt(Math.min(rest, MOST_HEADER_BYTES))) {
    throw damaged(`its header should take ${length} bytes, and ${rest} follow`);
  }
  const start = LENGTH_BYTES + Number(length);
  let header: unknown;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(
      file.subarray(LENGTH_BYTES, start),
    );
    header = JSON.parse(text);
  } catch {
    throw damaged("its header is not JSON");
  }
  if (isRecord(header)) return { header, start };
  throw damaged("its header is no object");
}

function requireEntry(
  name: string,
  entry: unknown,
  size: number,
): { readonly shape: number; readonly from: number; readonly to: number } {
  if (!isRecord(entry)) throw damaged(`the entry of ${name} is no object`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (dtype !== "F64") throw damaged(`${name} must be of type F64, got ${JSON.stringify(dtype)}`);
  if (!isCounts(shape) || shape.length !== 1) throw damaged(`${name} is not a vector`);
  if (!isCounts(offsets) || offsets.length !== 2) throw damaged(`${name} has no place`);
  const [from, to] = offsets;
  if (to <= size && to - from === 8 * shape[0]) return { shape: shape[0], from, to };
  throw damaged(`${name} has ${shape[0]} numbers in bytes ${from} to ${to} of ${size}`);
}

function requireTexts(metadata: unknown): Readonly<Record<string, string>> {
  if (!isRecord(metadata)) throw damaged("its metadata is no object");
  for (const [key, value] of Object.entries(metadata)) {
    if (typeof value !== "string") throw damaged(`its metadata ${key} is no text`);
  }
  return metadata as Readonly<Record<string, string>>;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

function damaged(why: string): RangeError {
  return new RangeError(`not a whole safetensors file: ${why}`);
}
