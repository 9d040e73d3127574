import type { Rows } from "../../math/rows.ts";
import type { Pointer } from "./exports.ts";
import { padTo8, spreadRows } from "./layout.ts";
import type { Plan } from "./plan.ts";

/**
 * The weighted metric w ⊙ M of the outputs on a batch of rows, in one of three forms: the diagonals,
 * `width` numbers a row; whole symmetric squares, `width`² numbers a row; or vectors b with
 * ρᵢMᵢ = bᵢbᵢᵀ, `width` numbers a row, for which the output Jacobian is cached.
 */
export interface Metric {
  readonly form: "diagonal" | "dense" | "rank-one";
  readonly values: Rows;
}

/** F = Jᵀ(ρ ⊙ M J) in kernel memory. */
export interface Curvature {
  /** Takes in the metric, at the point where the plan is. */
  at(metric: Metric): void;
  /** out ← F v for vectors of the plan's layout. */
  apply(v: Pointer, out: Pointer): void;
}

/** Products with F on a plan; the room for each form of metric is made when it first appears. */
export function createCurvature(plan: Plan): Curvature {
  const { machine, net, rows, layout } = plan;
  const { kernels } = machine;
  const width = layout.layers[layout.layers.length - 1].outputs;
  const square = width * padTo8(width);
  let form: Metric["form"] = "diagonal";
  let diagonal: Pointer | undefined;
  let dense: Pointer | undefined;
  let metric: Pointer = 0;

  /** The room for a form, and how many numbers lie between rows of its values. */
  const placeOf = (next: Metric["form"]): [Pointer, number] => {
    const stride = plan.outputStride / 4;
    if (next === "rank-one") return [plan.cacheRows(), stride];
    if (next === "diagonal") return [(diagonal ??= machine.allocate(rows * stride * 4)), stride];
    return [(dense ??= machine.allocate(rows * square * 4)), square];
  };

  return {
    at: (next) => {
      const [place, stride] = placeOf(next.form);
      form = next.form;
      metric = place;
      if (form === "dense") spreadSquares(next.values, width, machine.f32, place / 4, stride);
      else spreadRows(next.values, machine.f32, place / 4, stride);
      if (form === "rank-one") kernels.cacheJacobian(net, 0, rows);
      machine.settle();
    },
    apply: (v, out) => {
      kernels.packDirection(net, v);
      machine.f32.fill(0, out / 4, out / 4 + layout.length);
      if (form === "diagonal") kernels.fisherDiagonal(net, v, metric, out, 0, rows);
      else if (form === "dense") kernels.fisherDense(net, v, metric, out, 0, rows);
      else kernels.fisherRankOne(net, v, out, 0, rows);
    },
  };
}

/** memory at `offset` ← the squares, `stride` apart, each with its rows padded. */
function spreadSquares(
  { count, data }: Rows,
  width: number,
  memory: Float32Array,
  offset: number,
  stride: number,
): void {
  const padded = padTo8(width);
  for (let i = 0; i < count; i++) {
    for (let a = 0; a < width; a++) {
      const to = offset + i * stride + a * padded;
      const from = (i * width + a) * width;
      for (let b = 0; b < width; b++) memory[to + b] = data[from + b];
    }
  }
}
