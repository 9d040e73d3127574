import type { ActivationName } from "../activation.ts";
import type { Pointer } from "./exports.ts";
import { type LayerLayout, padTo8, rowStride, type VectorLayout, vectorLayout } from "./layout.ts";
import type { Machine } from "./machine.ts";

export interface Shape {
  /** Widths from the input over the hidden layers to the output. */
  readonly widths: readonly number[];
  readonly activation: ActivationName;
}

/** Rows that a kernel takes through all layers together: TILE in `assembly/records.ts`. */
const TILE = 48;
/** Numbers of a Layer and of a Net in `assembly/records.ts`. */
const LAYER_FIELDS = 13;
const NET_FIELDS = 8;
/** Bytes of a float32. */
const F32 = 4;

/** A network on a batch of rows, laid out in the memory of a machine; all places are in bytes. */
export interface Plan {
  readonly machine: Machine;
  readonly rows: number;
  readonly layout: VectorLayout;
  readonly net: Pointer;
  /** Rows of the inputs and of the outputs, and how far apart they are. */
  readonly inputs: Pointer;
  readonly inputStride: number;
  readonly outputs: Pointer;
  readonly outputStride: number;
  /** Sets where the rows δ of the cached output Jacobian lie, made at the first call; returns those of the last layer. */
  cacheRows(): Pointer;
}

/**
 * Lays out a network for `rows` rows, and writes the records that the kernels read. Memory is zero
 * when it is allocated and kernels write zeros into padding, so padding lanes stay zero.
 */
export function createPlan(machine: Machine, { widths, activation }: Shape, rows: number): Plan {
  const layout = vectorLayout(widths);
  const strides = widths.map((width) => rowStride(width) * F32);
  const values = strides.map((stride) => machine.allocate(rows * stride));
  const widest = Math.max(...strides);
  const tile = (): Pointer => machine.allocate(TILE * widest);
  const layers = machine.allocate(layout.layers.length * LAYER_FIELDS * F32);
  const net = machine.allocate(NET_FIELDS * F32);
  const places = layout.layers.map((layer, l) => [
    ...[layer.inputs, layer.outputs],
    ...[values[l], strides[l], values[l + 1], strides[l + 1]],
    ...[layer.weights * F32, layer.stride * F32, layer.bias * F32],
    ...panels(machine, layer),
    0,
  ]);
  const header = [layout.layers.length, activation === "tanh" ? 0 : 1, layers];
  header.push(tile(), tile(), tile(), machine.allocate(widest), machine.allocate(TILE * F32));
  machine.i32.set(places.flat(), layers / 4);
  machine.i32.set(header, net / 4);

  let cached: Pointer | undefined;
  const cacheRows = (): Pointer => {
    const made = strides.slice(1).map((stride) => machine.allocate(rows * stride));
    made.forEach((delta, l) => (machine.i32[layers / 4 + (l + 1) * LAYER_FIELDS - 1] = delta));
    return made[made.length - 1];
  };
  return {
    machine,
    rows,
    layout,
    net,
    inputs: values[0],
    inputStride: strides[0],
    outputs: values[values.length - 1],
    outputStride: strides[strides.length - 1],
    cacheRows: () => (cached ??= cacheRows()),
  };
}

/** Room for the panels of Wᵀ, W and Vᵀ. */
function panels(machine: Machine, { inputs, outputs }: LayerLayout): Pointer[] {
  const bytes = padTo8(inputs) * padTo8(outputs) * F32;
  return [machine.allocate(bytes), machine.allocate(bytes), machine.allocate(bytes)];
}
