// node scripts/bench/kernels.ts [--json] [--quick] [--rounds n]: the kernels against each other and
// against float64, in one interleaved run. One thread; medians of a call.
import { cpus } from "node:os";
import {
  conjugateGradient,
  constantHead,
  createPolicy,
  createRandom,
  createRows,
  createSurrogate,
  diagonalGaussian,
  exactFisher,
  kernelConjugateGradient,
  kernelFisher,
  kernelMlp,
  type Kernels,
  loadKernels,
  type Batch,
  type LinearOperator,
  type ResidentOperator,
  type Rows,
} from "../../src/index.ts";
import { loadTurboKernels } from "../kernels/turbo.ts";
import { type Contestant, interleave, type Medians } from "./interleave.ts";

const SHAPES = [
  [4, 64, 64, 1],
  [17, 64, 64, 6],
  [376, 256, 256, 17],
];
const COUNTS = [64, 2048, 10_000];
const ITERATIONS = 10;
const DAMPING = 0.1;
/** Work beyond which float64 is left out, in flop of one call. */
const FLOAT64_LIMIT = 4e9;

interface Measurement {
  readonly what: string;
  readonly shape: string;
  readonly rows: number;
  /** By the count below; 0 where only the time is of interest. */
  readonly flop: number;
  readonly microseconds: Medians;
}

/** Products of cached activations, 2 flop each: F v, forward and backward. See `kernels.md`, 6. */
function flopsOf(widths: readonly number[], rows: number): { product: number; gradient: number } {
  let [inner, all] = [0, 0];
  for (let l = 0; l + 1 < widths.length; l++) {
    const size = widths[l] * widths[l + 1];
    all += size;
    if (l > 0) inner += size;
  }
  return { product: 2 * rows * (2 * all + 2 * inner), gradient: 2 * rows * (2 * all + inner) };
}

/** One policy on one batch in one way of computing: what is timed. */
function subjects(kernels: Kernels, widths: readonly number[], count: number) {
  const random = createRandom(widths.join());
  const size = widths[widths.length - 1];
  const body = kernelMlp(kernels, {
    inputSize: widths[0],
    hidden: widths.slice(1, -1),
    outputSize: size,
  });
  const network = constantHead(body, new Array<number>(size).fill(-0.5));
  const policy = createPolicy(network, diagonalGaussian(size), random);
  const uniform = (width: number): Rows => {
    const rows = createRows(count, width);
    for (let i = 0; i < rows.data.length; i++) rows.data[i] = random.uniform(-1, 1);
    return rows;
  };
  const batch = { observations: uniform(widths[0]), actions: uniform(size) } as Batch;
  const surrogate = createSurrogate(policy, count);
  surrogate.advantages.set(uniform(1).data);
  surrogate.weights.fill(1 / count);
  const g = new Float64Array(policy.theta.length);
  const w = new Float64Array(policy.theta.length);
  const float64 = kernels.module === undefined;
  const [fisher, solver] = float64
    ? [exactFisher(), conjugateGradient({ iterations: ITERATIONS })]
    : [kernelFisher(), kernelConjugateGradient({ iterations: ITERATIONS })];
  const operator = () =>
    fisher.at(surrogate.point, policy.distribution, batch.actions, surrogate.weights);
  const gradient = (): void => {
    surrogate.at(batch);
    surrogate.gradient(g);
  };
  const update = (): void => {
    gradient();
    // either pair of fisher and solver fits, which the type of the choice does not say
    (solver as ReturnType<typeof conjugateGradient>).solve(operator(), DAMPING, g, w);
  };
  gradient();
  const product = productOf(operator(), g, w);
  return {
    gradient,
    update,
    product: () => {
      product();
      kernels.settle?.();
    },
  };
}

/** F g, in the operator's own memory where it has one. */
function productOf(operator: LinearOperator, v: Float64Array, out: Float64Array): () => void {
  if (!("applyResident" in operator)) return () => operator.apply(v, out);
  const resident = operator as ResidentOperator;
  const [source, target] = [resident.space.allocate(), resident.space.allocate()];
  resident.space.load(v, 1, source);
  return () => resident.applyResident(source, target);
}

/** Inference of one row, as in a rollout, inputs and outputs in float64. */
function oneRow(
  builds: readonly Kernels[],
  widths: readonly number[],
  rounds: number,
): Measurement {
  const contestants = builds.map((kernels) => {
    const random = createRandom("row");
    const network = kernelMlp(kernels, {
      inputSize: widths[0],
      hidden: widths.slice(1, -1),
      outputSize: widths[widths.length - 1],
    });
    const theta = new Float64Array(network.parameterCount);
    network.initialise(theta, random);
    const predictor = network.predictor(1);
    const inputs = createRows(1, widths[0]);
    predictor.at(theta);
    const run = (): void => {
      for (let i = 0; i < 100; i++) predictor.predict(inputs);
    };
    return { name: kernels.name, run };
  });
  const hundred = interleave(contestants, rounds);
  const microseconds = Object.fromEntries(
    Object.entries(hundred).map(([name, time]) => [name, time / 100]),
  );
  return { what: "one row", shape: widths.join("-"), rows: 1, flop: 0, microseconds };
}

function* batchMeasurements(
  builds: readonly Kernels[],
  widths: readonly number[],
  rows: number,
  rounds: number,
): Generator<Measurement> {
  const { product, gradient } = flopsOf(widths, rows);
  const flops = { product, gradient, update: gradient + ITERATIONS * product };
  const labels = { product: "F v", gradient: "gradient", update: `update, ${ITERATIONS} CG` };
  const taking = builds.filter(
    ({ name }) => name !== "float64" || flops.product <= FLOAT64_LIMIT / ITERATIONS,
  );
  const all = taking.map((kernels) => ({
    name: kernels.name,
    of: subjects(kernels, widths, rows),
  }));
  for (const what of ["product", "gradient", "update"] as const) {
    const contestants: Contestant[] = all.map(({ name, of }) => ({ name, run: of[what] }));
    const microseconds = interleave(contestants, rounds);
    yield { what: labels[what], shape: widths.join("-"), rows, flop: flops[what], microseconds };
  }
}

function line({ what, shape, rows, flop, microseconds }: Measurement): string {
  const head = `${what.padEnd(14)} ${shape.padEnd(16)} ${String(rows).padStart(6)}`;
  const cells = Object.entries(microseconds).map(([name, time]) => {
    const speed = flop === 0 ? "" : ` ${(flop / time / 1000).toFixed(1).padStart(5)} GF`;
    return `${name} ${time.toFixed(time < 100 ? 2 : 0).padStart(8)} µs${speed}`;
  });
  return `${head}  ${cells.join("  ")}`;
}

const options = process.argv.slice(2);
const json = options.includes("--json");
const quick = options.includes("--quick");
const at = options.indexOf("--rounds");
const rounds = at >= 0 ? Number(options[at + 1]) : quick ? 3 : 11;

const builds = [
  loadKernels({ builds: [] }),
  loadKernels({ builds: ["simd"] }),
  loadKernels({ builds: ["relaxed"] }),
  loadTurboKernels(),
].filter(({ name }, i, list) => list.findIndex((other) => other.name === name) === i);

const results: Measurement[] = [];
const record = (measurement: Measurement): void => {
  results.push(measurement);
  if (!json) console.log(line(measurement));
};
const machine = { cpu: cpus()[0].model, node: process.version, v8: process.versions.v8 };
if (!json) console.log(`${machine.cpu}, Node ${machine.node}, medians of ${rounds} rounds`);
for (const widths of SHAPES) record(oneRow(builds, widths, rounds));
for (const widths of SHAPES) {
  for (const rows of quick ? COUNTS.slice(0, 2) : COUNTS) {
    for (const measurement of batchMeasurements(builds, widths, rows, rounds)) record(measurement);
  }
}
if (json) console.log(JSON.stringify({ machine, rounds, results }, null, 2));
