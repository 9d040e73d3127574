/**
 * TensorBoard event files: records of TFRecord, each a protocol buffer `Event` with a wall time, a step
 * and the scalars of a `Summary`.
 *
 * Source: tensorflow/core/lib/io/record_writer.cc, tensorflow/core/util/event.proto,
 * tensorflow/core/framework/summary.proto.
 */

/** The first record of a file. */
export function versionRecord(seconds: number): Uint8Array {
  return record([double(1, seconds), text(3, "brain.Event:2")]);
}

/** The scalars of a step by tag; `seconds` since 1970. Values are single precision in the file. */
export function scalarsRecord(
  step: number,
  scalars: Readonly<Record<string, number>>,
  seconds: number,
): Uint8Array {
  const values = Object.entries(scalars).map(([tag, value]) =>
    message(1, [text(1, tag), float(2, value)]),
  );
  return record([double(1, seconds), varint(2, step), message(5, values)]);
}

/** Length, its checksum, the event, its checksum. */
function record(fields: readonly Uint8Array[]): Uint8Array {
  const event = concatenated(fields);
  const file = new Uint8Array(16 + event.length);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(event.length), true);
  view.setUint32(8, masked(file.subarray(0, 8)), true);
  file.set(event, 12);
  view.setUint32(12 + event.length, masked(event), true);
  return file;
}

/** Wire types of protocol buffers. */
const VARINT = 0;
const EIGHT_BYTES = 1;
const LENGTH_DELIMITED = 2;
const FOUR_BYTES = 5;

function varint(field: number, value: number): Uint8Array {
  return Uint8Array.from([...digits(field * 8 + VARINT), ...digits(value)]);
}

function double(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return concatenated([Uint8Array.from(digits(field * 8 + EIGHT_BYTES)), bytes]);
}

function float(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return concatenated([Uint8Array.from(digits(field * 8 + FOUR_BYTES)), bytes]);
}

function text(field: number, value: string): Uint8Array {
  return message(field, [new TextEncoder().encode(value)]);
}

function message(field: number, parts: readonly Uint8Array[]): Uint8Array {
  const content = concatenated(parts);
  const head = [...digits(field * 8 + LENGTH_DELIMITED), ...digits(content.length)];
  return concatenated([Uint8Array.from(head), content]);
}

/** Seven bits a byte, the least first; the top bit says that more follow. */
function digits(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) + 128);
  }
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** The reflected polynomial of CRC-32C. */
const CASTAGNOLI = 0x82f63b78;
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) {
    remainder = (remainder & 1) === 1 ? (remainder >>> 1) ^ CASTAGNOLI : remainder >>> 1;
  }
  return remainder;
});

/** CRC-32C (Castagnoli), RFC 3720 appendix B.4. */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = table[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** A checksum as records carry it: rotated by 15 bits, plus a constant. */
function masked(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
