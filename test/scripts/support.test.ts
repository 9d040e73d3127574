import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { csvLine } from "../../scripts/support/csv.ts";
import { writeFileAtomic } from "../../scripts/support/files.ts";
import { toJson, toJsonFile } from "../../scripts/support/json.ts";
import { nearest } from "../../scripts/support/nearest.ts";
import { formatMatrix, formatNumber } from "../../scripts/support/numbers.ts";
import { emptyFolder } from "./cli.ts";

const scripts = path.join(import.meta.dirname, "../../scripts");

describe("files", () => {
  it("are replaced as a whole, and nothing is left beside them", () => {
    const folder = emptyFolder();
    writeFileAtomic(`${folder}/a`, "one");
    writeFileAtomic(`${folder}/a`, "two");
    fs.mkdirSync(`${folder}/b`);
    expect(() => writeFileAtomic(`${folder}/b`, "three")).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(fs.readFileSync(`${folder}/a`, "utf8")).toBe("two");
    expect(fs.readdirSync(folder)).toEqual(["a", "b"]);
  });
});

describe("text", () => {
  it("is quoted in CSV as RFC 4180 says", () => {
    expect(csvLine(["a,b", 'say "x"', "two\nlines", -1.5, NaN])).toBe(
      '"a,b","say ""x""","two\nlines",-1.5,NaN\r\n',
    );
  });

  it("in JSON keeps every digit and says what JSON cannot", () => {
    const value = { a: 0.1 + 0.2, b: -Infinity, c: NaN, d: new Float64Array([1, 2]) };
    expect(toJson(value)).toBe('{"a":0.30000000000000004,"b":"-Infinity","c":null,"d":[1,2]}');
    const nested = {
      rows: [
        [1, 2],
        [3, "a, [b]"],
      ],
      none: [],
      of: [{ x: 1 }],
    };
    expect(JSON.parse(toJsonFile(nested))).toEqual(nested);
    expect(toJsonFile({ v: [1, 2, 3] })).toBe('{\n  "v": [1, 2, 3]\n}\n');
  });

  it("shows numbers with sensible digits", () => {
    const values = [0, 40_000, 1 / 3, 1e-9, -1234567.8, NaN, -Infinity];
    expect(values.map((value) => formatNumber(value))).toEqual([
      "0",
      "40000",
      "0.3333",
      "1.00e-9",
      "-1.23e+6",
      "–",
      "−∞",
    ]);
    expect(
      formatMatrix(
        [
          [1, -0.5],
          [10.25, 3],
        ],
        4,
      ),
    ).toEqual(["[  1     -0.5000 ]", "[ 10.25   3      ]"]);
  });

  it("suggests a name only when it is near", () => {
    expect(nearest("--kll", ["--kl", "--steps"])).toBe("--kl");
    expect(nearest("nonsense", ["kl", "steps"])).toBeUndefined();
  });
});

describe("the end of a program", () => {
  it("that throws what is no mistake of the caller is exit code 1 with the stack", () => {
    const program = `import { runToExit } from "${scripts}/support/exit.ts";
      await runToExit(() => Promise.reject(new TypeError("boom")));`;
    const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program]);
    expect(status).toBe(1);
    expect(String(stderr)).toMatch(/defect of natgrad itself.*\nTypeError: boom\n +at /);
  });

  it("whose reader goes away is quiet", () => {
    const command = `set -o pipefail; "${process.execPath}" natgrad.ts train --help | true`;
    const { status, stderr } = spawnSync("bash", ["-c", command], { cwd: scripts });
    expect({ status, stderr: String(stderr) }).toEqual({ status: 0, stderr: "" });
  });
});
