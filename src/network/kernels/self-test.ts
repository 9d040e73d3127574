import { createRandom, type Random } from "../../math/random.ts";
import { createRows, type Rows } from "../../math/rows.ts";
import type { Vector } from "../../math/vector.ts";
import { mlp } from "../mlp.ts";
import type { Linearisation, Network } from "../network.ts";
import { kernelLinearisation } from "./batch.ts";
import { createCurvature, type Metric } from "./curvature.ts";
import type { Pointer } from "./exports.ts";
import { gather, spread } from "./layout.ts";
import { createMachine } from "./machine.ts";
import { createPlan, type Plan, type Shape } from "./plan.ts";

/** Largest error relative to the largest number that passes; float32 gives about 1e-6. */
const TOLERANCE = 1e-4;
/** A tile of 48 rows and a ragged one. */
const ROWS = 61;

const SHAPES: readonly Shape[] = [
  { widths: [5, 17, 9, 2], activation: "tanh" },
  { widths: [3, 12, 33, 2], activation: "relu" },
];

/** Runs every kernel of a build against float64; what is wrong with it, or undefined. */
export function selfTest(module: WebAssembly.Module): string | undefined {
  for (const shape of SHAPES) {
    for (const [name, error] of errorsOf(module, shape)) {
      if (!(error <= TOLERANCE)) return `${name} is off by ${error} in the self-test`;
    }
  }
  return undefined;
}

/** The errors of y, Jv, Jᵀu and F v in each form, relative to the largest number. */
function errorsOf(module: WebAssembly.Module, shape: Shape): [string, number][] {
  const random = createRandom("kernels");
  const network = refereeOf(shape);
  const plan = createPlan(createMachine(module), shape, ROWS);
  const fast = kernelLinearisation(plan, createRows(ROWS, network.outputSize));
  const exact = network.linearisation(ROWS);
  const parameters = (): Vector =>
    Float64Array.from({ length: network.parameterCount }, () => random.uniform(-0.5, 0.5));
  const rows = (width: number): Rows => uniformRows(random, width);

  const [theta, v] = [parameters(), parameters()];
  const inputs = rows(network.inputSize);
  const u = rows(network.outputSize);
  const outcome = (point: Linearisation): [Vector, Vector, Vector] => {
    const tangents = createRows(ROWS, network.outputSize);
    const cotangents = new Float64Array(network.parameterCount);
    point.at(theta, inputs);
    point.jvp(v, tangents);
    point.vjp(u, cotangents);
    return [point.outputs.data, tangents.data, cotangents];
  };
  const [expected, actual] = [outcome(exact), outcome(fast)];
  const errors: [string, number][] = ["y", "Jv", "Jᵀu"].map((name, i) => [
    name,
    relativeError(actual[i], expected[i]),
  ]);

  const curvature = createCurvature(plan);
  const vector = plan.machine.allocate(plan.layout.length * 4);
  const product = plan.machine.allocate(plan.layout.length * 4);
  for (const metric of metricsOf(u)) {
    curvature.at(metric);
    spread(plan.layout, v, 1, plan.machine.f32, vector / 4);
    curvature.apply(vector, product);
    const fv = new Float64Array(network.parameterCount);
    gather(plan.layout, plan.machine.f32, product / 4, 1, fv);
    errors.push(["F v", relativeError(fv, exactProduct(exact, metric, v))]);
    errors.push(["x − (qᵀx) q", leftOver(plan, vector, product)]);
  }
  return errors;
}

/** The same network in float64. */
function refereeOf({ widths, activation }: Shape): Network {
  const last = widths.length - 1;
  const sizes = { inputSize: widths[0], hidden: widths.slice(1, last), outputSize: widths[last] };
  return mlp({ ...sizes, activation });
}

/** |qᵀy| for q ← v/‖v‖ and y ← x − (qᵀx) q − 2q + 2q, with x scaled to length 1: zero. */
function leftOver({ machine, layout }: Plan, v: Pointer, x: Pointer): number {
  const { kernels } = machine;
  const bytes = layout.length * 4;
  const table = machine.allocate(16);
  machine.i32[table / 4] = v;
  for (const vector of [v, x]) {
    kernels.scaled(bytes, 1 / Math.sqrt(kernels.dot(bytes, vector, vector)), vector, vector);
  }
  kernels.orthogonalise(bytes, table, 1, x);
  kernels.sumScaled(bytes, x, -2, v, x);
  kernels.sumScaled(bytes, x, 2, v, x);
  return Math.abs(kernels.dot(bytes, v, x));
}

function uniformRows(random: Random, width: number): Rows {
  const rows = createRows(ROWS, width);
  for (let i = 0; i < rows.data.length; i++) rows.data[i] = random.uniform(-1, 1);
  return rows;
}

/** u as diagonals, u as the factors of squares of rank one, and those squares themselves. */
function metricsOf(u: Rows): Metric[] {
  const squares = createRows(u.count, u.width * u.width);
  for (let i = 0; i < squares.data.length; i++) {
    const row = Math.floor(i / squares.width) * u.width;
    const k = i % squares.width;
    squares.data[i] = u.data[row + Math.floor(k / u.width)] * u.data[row + (k % u.width)];
  }
  return [
    { form: "diagonal", values: u },
    { form: "dense", values: squares },
    { form: "rank-one", values: u },
  ];
}

/** Jᵀ(M (J v)) in float64. */
function exactProduct(point: Linearisation, { form, values }: Metric, v: Vector): Vector {
  const { count, width } = point.outputs;
  const tangents = createRows(count, width);
  const weighted = createRows(count, width);
  const entry = (i: number, a: number, b: number): number => {
    if (form === "dense") return values.data[(i * width + a) * width + b];
    if (form === "diagonal") return a === b ? values.data[i * width + a] : 0;
    return values.data[i * width + a] * values.data[i * width + b];
  };
  point.jvp(v, tangents);
  for (let i = 0; i < count; i++) {
    for (let a = 0; a < width; a++) {
      for (let b = 0; b < width; b++) {
        weighted.data[i * width + a] += entry(i, a, b) * tangents.data[i * width + b];
      }
    }
  }
  const product = new Float64Array(point.parameterCount);
  point.vjp(weighted, product);
  return product;
}

/** max|a − b| / max|b|. */
function relativeError(a: Vector, b: Vector): number {
  let error = 0;
  let largest = 0;
  for (let i = 0; i < b.length; i++) {
    const difference = Math.abs(a[i] - b[i]);
    if (!(difference <= error)) error = difference; // NaN, too, must come out
    largest = Math.max(largest, Math.abs(b[i]));
  }
  return error / largest;
}
