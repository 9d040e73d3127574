import type { TableConstructorOptions } from "cli-table3";

/** A table for a terminal without lines: the first column to the left, the others to the right. */
export function plainTable(head: readonly string[]): TableConstructorOptions {
  return {
    head: [...head],
    colAligns: head.map((_, i) => (i === 0 ? "left" : "right")),
    style: { head: [], border: [], compact: true },
    chars: plainBorders,
  };
}

const plainBorders = {
  ...{ top: "", "top-mid": "", "top-left": "", "top-right": "" },
  ...{ bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" },
  ...{ left: "", "left-mid": "", right: "", "right-mid": "" },
  ...{ mid: "", "mid-mid": "", middle: " " },
};
