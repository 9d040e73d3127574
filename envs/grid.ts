import * as z from "zod";
import { type Environment, clamp } from "../src/index.ts";

/** What `grid` can be told. */
export const gridOptions = z.strictObject({
  size: z
    .int({ error: "must be an odd integer of at least 3" })
    .gte(3, "must be an odd integer of at least 3")
    .refine((size) => size % 2 === 1, "must be an odd integer of at least 3")
    .default(9)
    .describe("cells along an edge"),
});
export type GridOptions = z.input<typeof gridOptions>;

/**
 * A king's way to the middle of a board: two choices at once, one for each direction.
 *
 * | action    | choice 0 | choice 1 | choice 2 |
 * | --------- | -------- | -------- | -------- |
 * | first, x  | x − 1    | stay     | x + 1    |
 * | second, y | y − 1    | stay     | y + 1    |
 *
 * The choices are not checked, which keeps them fast; `simulation` refuses what is no action.
 *
 * The state is (x, y) in cells from the middle, up to h = (size − 1)/2, 4, where the edge stops a
 * move. Observation: (x/h, y/h). Reward: −1 a step, the last included. Start: any cell but the middle
 * with the same probability. Termination: in the middle. Truncation: after 50 steps. The best return is
 * −max(|x|, |y|) of the start: a king's moves.
 *
 * @throws RangeError for a size that is not an odd integer of at least 3.
 */
export function grid({ size = 9 }: GridOptions = {}): Environment {
  if (!Number.isInteger(size) || size < 3 || size % 2 === 0) {
    throw new RangeError(`grid: size must be an odd integer of at least 3, got ${size}`);
  }
  const h = (size - 1) / 2;
  const middle = (size * size - 1) / 2;
  return {
    name: "grid",
    stateSize: 2,
    observationSize: 2,
    actionSpace: { kind: "multi-discrete", counts: [3, 3] },
    horizon: 50,
    reset: (s, random) => {
      const drawn = Math.floor(random.uniform(0, size * size - 1));
      const cell = drawn < middle ? drawn : drawn + 1;
      s[0] = (cell % size) - h;
      s[1] = Math.floor(cell / size) - h;
    },
    step: (s, a) => {
      s[0] = clamp(s[0] + a[0] - 1, -h, h);
      s[1] = clamp(s[1] + a[1] - 1, -h, h);
      return -1;
    },
    observe: (s, o) => {
      o[0] = s[0] / h;
      o[1] = s[1] / h;
    },
    isTerminal: (s) => s[0] === 0 && s[1] === 0,
  };
}
