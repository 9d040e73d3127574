import { createRandom, createRows, kernelMlp, type Kernels } from "../../src/index.ts";
import type { BenchGroup, BenchRow, Target } from "./bench.ts";
import { BUILD_NAMES, builds } from "./builds.ts";
import { torchSeconds } from "./elsewhere.ts";
import { flopsOf } from "./flops.ts";
import { type Contestant, local } from "./interleave.ts";
import { type Subject, subjectOf } from "./subjects.ts";

const TINY = [4, 64, 64, 1];
const MIDDLE = [17, 64, 64, 6];
const BIG = [376, 256, 256, 17];

type Work = keyof Subject;

const names: Readonly<Record<Work, string>> = {
  product: "F v",
  gradient: "gradient",
  update: "TRPO update",
};

/** What each row is to be, as multiples of torch: the default build, turbo. */
const plan: readonly [Work, number[], number, Target?][] = [
  ["product", TINY, 64, { default: 7, turbo: 9 }],
  ["product", TINY, 2048, { default: 3, turbo: 4 }],
  ["product", TINY, 10_000, { default: 3, turbo: 4 }],
  ["product", MIDDLE, 64, { default: 6, turbo: 8 }],
  ["product", MIDDLE, 2048, { default: 1.8, turbo: 2.4 }],
  ["product", MIDDLE, 10_000, { default: 2.2, turbo: 3.2 }],
  ["product", BIG, 64, { default: 1, turbo: 1.4 }],
  ["product", BIG, 2048, { default: 1, turbo: 1.5 }],
  ["product", BIG, 10_000, { default: 1, turbo: 1.7 }],
  ["gradient", TINY, 2048, { default: 1.3, turbo: 1.7 }],
  ["gradient", MIDDLE, 2048, { default: 1.3, turbo: 1.7 }],
  ["gradient", BIG, 2048],
  ["update", TINY, 2048, { default: 3, turbo: 4 }],
  ["update", MIDDLE, 2048, { default: 1.9, turbo: 2.6 }],
  ["update", BIG, 2048],
];

/** Work beyond which float64 is left out, in flop of one call. */
const FLOAT64_LIMIT = 4e8;

/** Perceptron policies by every build against double backpropagation. */
export function networkGroup(mostRows: number): BenchGroup {
  return {
    title: "Perceptron policies, one thread: F v, surrogate gradient, TRPO update (10 CG, 1 trial)",
    show: "time",
    columns: BUILD_NAMES,
    base: "simd",
    rows: [
      ...[TINY, MIDDLE, BIG].map(oneRow),
      ...plan.filter(([, , rows]) => rows <= mostRows).map((row) => batchRow(...row)),
    ],
  };
}

/** A roll-out's inference of one row, inputs and outputs in float64. */
function oneRow(widths: readonly number[]): BenchRow {
  const calls = 100;
  const contestant = (kernels: Kernels): Contestant => {
    const network = kernelMlp(kernels, {
      inputSize: widths[0],
      hidden: widths.slice(1, -1),
      outputSize: widths[widths.length - 1],
    });
    const theta = new Float64Array(network.parameterCount);
    network.initialise(theta, createRandom("row"));
    const predictor = network.predictor(1);
    const inputs = createRows(1, widths[0]);
    predictor.at(theta);
    return local(kernels.name, () => {
      for (let i = 0; i < calls; i++) predictor.predict(inputs);
    });
  };
  return {
    what: `one row, ${widths.join("-")}`,
    units: calls,
    make: () => builds().map(contestant),
    peer: { what: "row", widths },
    ...(widths === TINY && { target: { default: 35, turbo: 35 } }),
    ...torchSeconds("row", widths, 1),
  };
}

function batchRow(work: Work, widths: number[], rows: number, target?: Target): BenchRow {
  const { product, gradient } = flopsOf(widths, rows);
  return {
    what: `${names[work]}, ${widths.join("-")}, N = ${rows}`,
    units: 1,
    // an update has no agreed number of operations
    flop: { product, gradient, update: 0 }[work],
    make: () =>
      builds()
        .filter(({ name }) => name !== "float64" || product <= FLOAT64_LIMIT)
        .map((kernels) => local(kernels.name, subjectOf(kernels, widths, rows)[work])),
    peer: { what: work, widths, rows },
    ...(target && { target }),
    ...torchSeconds(work, widths, rows),
  };
}
