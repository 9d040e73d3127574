import { describe, expect, it } from "vitest";
import { createRows, rowsFrom } from "../../src/index.ts";
import { copyRow } from "../../src/math/rows.ts";

describe("rows", () => {
  it("are row-major: entry (i, j) is data[i · width + j]", () => {
    const rows = rowsFrom([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(rows).toMatchObject({ count: 2, width: 3 });
    expect(rows.data[1 * 3 + 0]).toBe(4);
  });

  it("start at zero in a buffer of their own", () => {
    const [a, b] = [createRows(2, 2), createRows(2, 2)];
    a.data[0] = 1;
    expect([...b.data]).toEqual([0, 0, 0, 0]);
  });

  it("may be none", () => {
    expect(rowsFrom([])).toMatchObject({ count: 0, width: 0 });
  });

  it("must be as long as the first, or the error names the row", () => {
    expect(() => rowsFrom([[1, 2], [3]])).toThrow(
      "rowsFrom: every row must have the 2 numbers of the first, got 1 in row 1",
    );
  });

  it("copyRow copies one row and nothing else", () => {
    const [source, destination] = [
      rowsFrom([
        [1, 2],
        [3, 4],
      ]),
      createRows(3, 2),
    ];
    copyRow(source, 1, destination, 2);
    expect([...destination.data]).toEqual([0, 0, 0, 0, 3, 4]);
  });
});
