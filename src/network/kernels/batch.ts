import type { Rows } from "../../math/rows.ts";
import type { Vector } from "../../math/vector.ts";
import type { Linearisation } from "../network.ts";
import type { Pointer } from "./exports.ts";
import { gather, gatherRows, spread, spreadRows } from "./layout.ts";
import type { Plan } from "./plan.ts";

/** A linearisation whose batch lies in kernel memory, where a solve can go on with it. */
export interface KernelLinearisation extends Linearisation {
  readonly plan: Plan;
}

/** The kernel-backed linearisation that `point` is, or undefined. */
export function asKernelLinearisation(point: Linearisation): KernelLinearisation | undefined {
  return "plan" in point ? (point as KernelLinearisation) : undefined;
}

/**
 * y, J v and Jᵀu in the kernels: float64 at the boundary, float32 inside, no array made per call.
 *
 * @throws RangeError where the inputs are not of the shape that the plan was made for.
 */
export function kernelLinearisation(plan: Plan, outputs: Rows): KernelLinearisation {
  const { machine, layout, net, rows } = plan;
  const { kernels } = machine;
  const vector = (): Pointer => machine.allocate(layout.length * 4);
  const theta = vector();
  const direction = vector();
  const gradient = vector();
  const tangents = machine.allocate(rows * plan.outputStride);
  const stride = plan.outputStride / 4;
  const inputWidth = layout.layers[0].inputs;

  const packed = new Float64Array(layout.count).fill(NaN);

  const load = (v: Vector, to: Pointer): void => spread(layout, v, 1, machine.f32, to / 4);
  /** Packs θ unless it is the one that is packed already, as at every step of a rollout but the first. */
  const pack = (values: Vector): void => {
    if (startsWith(values, packed)) return;
    for (let i = 0; i < packed.length; i++) packed[i] = values[i];
    load(values, theta);
    kernels.packParameters(net, theta, 1);
  };

  return {
    plan,
    parameterCount: layout.count,
    outputs,
    at: (values, inputs) => {
      requireShape(inputs, rows, inputWidth);
      pack(values);
      spreadRows(inputs, machine.f32, plan.inputs / 4, plan.inputStride / 4);
      kernels.forward(net, theta, 0, rows);
      gatherRows(machine.f32, plan.outputs / 4, stride, outputs);
      machine.settle();
    },
    jvp: (v, out) => {
      load(v, direction);
      kernels.packDirection(net, direction);
      kernels.tangent(net, direction, tangents, 0, rows);
      gatherRows(machine.f32, tangents / 4, stride, out);
      machine.settle();
    },
    vjp: (u, out) => {
      spreadRows(u, machine.f32, tangents / 4, stride);
      machine.f32.fill(0, gradient / 4, gradient / 4 + layout.length);
      kernels.cotangent(net, tangents, gradient, 0, rows);
      gather(layout, machine.f32, gradient / 4, 1, out);
      machine.settle();
    },
  };
}

/** Whether v begins with these numbers; NaN is never the same. */
function startsWith(v: Vector, numbers: Vector): boolean {
  for (let i = 0; i < numbers.length; i++) if (v[i] !== numbers[i]) return false;
  return true;
}

export function requireShape(inputs: Rows, rows: number, width: number): void {
  if (inputs.count === rows && inputs.width === width) return;
  throw new RangeError(
    `kernels: inputs must be ${rows} rows of ${width} numbers, got ${inputs.count} of ${inputs.width}; make a linearisation for that many rows`,
  );
}
