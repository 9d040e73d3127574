import { describe, expect, it } from "vitest";
import { crc32c, scalarsRecord, versionRecord } from "../../../scripts/runs/events.ts";
import { decodeTensors, encodeTensors, type Tensors } from "../../../scripts/runs/safetensors.ts";
import { assemble, part } from "../../../scripts/runs/saved-tree.ts";
import { createRandom, type Saved } from "../../../src/index.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const vectors = (file: Tensors) =>
  Object.entries(file.tensors).map(([name, values]) => [name, Array.from(values)]);

describe("safetensors", () => {
  const file = encodeTensors({
    tensors: { b: Float64Array.of(0.25), "agent.theta": Float64Array.of(1.5, -2) },
    metadata: { update: "3" },
  });

  it("writes a length, a header padded to whole words, and little-endian numbers", () => {
    const view = new DataView(file.buffer);
    const length = Number(view.getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header = new TextDecoder().decode(file.subarray(8, 8 + length));
    expect(header).toMatch(/^\{.*\} *$/);
    expect(JSON.parse(header)).toStrictEqual({
      __metadata__: { update: "3" },
      "agent.theta": { dtype: "F64", shape: [2], data_offsets: [0, 16] },
      b: { dtype: "F64", shape: [1], data_offsets: [16, 24] },
    });
    expect(hex(file.subarray(8 + length))).toBe(
      "000000000000f83f" + "00000000000000c0" + "000000000000d03f",
    );
  });

  // safetensors 0.8 of Python: save({"agent.theta": [1.5, -2], "b": [0.25]}, metadata={"update": "3"})
  const python = [
    "98000000000000007b225f5f6d657461646174615f5f223a7b22757064617465223a2233227d2c226167",
    "656e742e7468657461223a7b226474797065223a22463634222c227368617065223a5b325d2c22646174",
    "615f6f666673657473223a5b302c31365d7d2c2262223a7b226474797065223a22463634222c22736861",
    "7065223a5b315d2c22646174615f6f666673657473223a5b31362c32345d7d7d2020000000000000f83f",
    "00000000000000c0000000000000d03f",
  ].join("");

  it("reads what Python's safetensors writes", () => {
    const read = decodeTensors(Buffer.from(python, "hex"));
    expect(vectors(read)).toStrictEqual([
      ["agent.theta", [1.5, -2]],
      ["b", [0.25]],
    ]);
    expect(read.metadata).toStrictEqual({ update: "3" });
  });

  it("keeps every bit, and no vector at all", () => {
    const odd = Float64Array.of(NaN, Infinity, -0, 5e-324, Number.MAX_VALUE);
    const read = decodeTensors(
      encodeTensors({ tensors: { odd, none: new Float64Array(0) }, metadata: {} }),
    );
    expect(hex(new Uint8Array(read.tensors.odd.buffer))).toBe(hex(new Uint8Array(odd.buffer)));
    expect(read.tensors.none).toHaveLength(0);
    expect(decodeTensors(encodeTensors({ tensors: {}, metadata: {} })).tensors).toStrictEqual({});
  });

  const withHeader = (header: string, numbers: number): Uint8Array => {
    const json = new TextEncoder().encode(header);
    const bytes = new Uint8Array(8 + json.length + 8 * numbers);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
    bytes.set(json, 8);
    return bytes;
  };

  it.each([
    ["it has 3 bytes", file.subarray(0, 3)],
    ["its header should take", file.subarray(0, 40)],
    ["b has 1 numbers in bytes 16 to 24 of 23", file.subarray(0, file.length - 1)],
    ["its header is not JSON", withHeader("{", 0)],
    ["its header is no object", withHeader("[]", 0)],
    ["its metadata update is no text", withHeader('{"__metadata__":{"update":3}}', 0)],
    [
      "must be of type F64",
      withHeader('{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}', 1),
    ],
    ["is not a vector", withHeader('{"a":{"dtype":"F64","shape":[1,1],"data_offsets":[0,8]}}', 1)],
    [
      "in bytes 0 to 16 of 8",
      withHeader('{"a":{"dtype":"F64","shape":[2],"data_offsets":[0,16]}}', 1),
    ],
    ["it has 16 for them", withHeader('{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}', 2)],
  ])("refuses a file of which %s", (why, bytes) => {
    expect(() => decodeTensors(bytes)).toThrow(RangeError);
    expect(() => decodeTensors(bytes)).toThrow(why);
  });

  it("gives vectors or a RangeError for 3000 damaged files", () => {
    const random = createRandom("damage");
    let refused = 0;
    for (let trial = 0; trial < 3000; trial++) {
      const bytes = file.slice(0, trial % 3 === 0 ? random.uniform(0, file.length) : file.length);
      const flips = Math.ceil(random.uniform(0, 4));
      for (let k = 0; k < flips; k++) {
        bytes[Math.floor(random.uniform(0, bytes.length))] = Math.floor(random.uniform(0, 256));
      }
      try {
        decodeTensors(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(1000);
  });
});

describe("saved state in JSON and vectors", () => {
  const saved: Saved = {
    agent: { theta: Float64Array.of(1, 2), direction: null, steps: 3, list: [1, [true, "x"]] },
    odd: { nan: NaN, low: -Infinity, zero: -0, parts: { number: "not one" }, vector: "nor this" },
  };

  it("comes back whole, by way of text", () => {
    const { tree, vectors } = part(saved);
    const back = assemble({ tree: JSON.parse(JSON.stringify(tree)), vectors });
    expect(back).toStrictEqual(saved);
    expect(Object.keys(vectors)).toStrictEqual(["agent.theta"]);
  });

  it.each([
    [{ vector: "b" }, "saved state names the vector b, which is not there"],
    [{ number: "1" }, 'saved state must hold values, vectors or parts, got {"number":"1"}'],
    [{ parts: 1 }, 'saved state must hold values, vectors or parts, got {"parts":1}'],
  ])("is refused where it is none: %j", (tree, message) => {
    expect(() => assemble({ tree, vectors: {} })).toThrow(new RangeError(message));
  });
});

describe("event files of TensorBoard", () => {
  it("carry the checksums of RFC 3720, appendix B.4", () => {
    const range = Uint8Array.from({ length: 32 }, (_, i) => i);
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(255))).toBe(0x62a8ab43);
    expect(crc32c(range)).toBe(0x46dd794e);
    expect(crc32c(range.toReversed())).toBe(0x113fdb5c);
  });

  it("are the bytes that TensorBoard writes", () => {
    const scalars = { "rollout/meanReturn": -2.5, "update/kl": 0.01 };
    // RecordWriter of tensorboard 2.21, an Event of step 300 at 1e9 + 0.25 after that of the version at 1.5.
    expect(hex(versionRecord(1.5)) + hex(scalarsRecord(300, scalars, 1e9 + 0.25))).toBe(
      [
        "1800000000000000a37f4b2209000000000000f83f1a0d627261696e2e4576656e743a322a28646c",
        "3b000000000000001a23ac5c090000200065cdcd4110ac022a2d0a190a12726f6c6c6f75742f6d65616e5265",
        "7475726e15000020c00a100a097570646174652f6b6c150ad7233ce6e004d5",
      ].join(""),
    );
  });
});
