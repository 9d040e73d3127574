import { createRows, type Random, type Rows } from "../../src/index.ts";

export {
  linearGaussian,
  type PolicyShape,
  policyShapes,
  sampleFrom,
} from "../../src/verify/fisher-sample.ts";

/** Rows of N(0, 1). */
export function normalRows(count: number, width: number, random: Random): Rows {
  const rows = createRows(count, width);
  for (let i = 0; i < rows.data.length; i++) rows.data[i] = random.normal();
  return rows;
}
