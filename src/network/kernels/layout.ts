import type { Rows } from "../../math/rows.ts";
import type { Vector } from "../../math/vector.ts";

/** The place of one layer in a vector of parameters, in numbers. */
export interface LayerLayout {
  readonly inputs: number;
  readonly outputs: number;
  /** Where W starts in kernel memory, and how far apart its rows are. */
  readonly weights: number;
  readonly stride: number;
  readonly bias: number;
}

/**
 * How θ lies in kernel memory: float32, layer after layer W then b, W padded with zeros to multiples
 * of eight rows and columns and b likewise, so that no kernel meets an edge.
 */
export interface VectorLayout {
  readonly layers: readonly LayerLayout[];
  /** Numbers of θ without padding. */
  readonly count: number;
  /** Numbers with padding, a multiple of 16. */
  readonly length: number;
}

export function padTo8(n: number): number {
  return (n + 7) & ~7;
}

/**
 * Numbers from one row to the next: padded, and an odd number of cache lines from 128 on, so that rows
 * do not fall on the same cache sets; below, the rows of a tile fit side by side.
 */
export function rowStride(width: number): number {
  const padded = padTo8(width);
  return padded >= 128 && (padded / 16) % 2 === 0 ? padded + 16 : padded;
}

/** The layout for layers between the given widths. */
export function vectorLayout(widths: readonly number[]): VectorLayout {
  const layers: LayerLayout[] = [];
  let length = 0;
  let count = 0;
  for (let l = 0; l + 1 < widths.length; l++) {
    const [inputs, outputs] = [widths[l], widths[l + 1]];
    const weights = length;
    const stride = padTo8(inputs);
    const bias = weights + padTo8(outputs) * stride;
    layers.push({ inputs, outputs, weights, stride, bias });
    length = Math.ceil((bias + padTo8(outputs)) / 16) * 16;
    count += outputs * (inputs + 1);
  }
  return { layers, count, length };
}

/** memory at `offset` ← scale · v, the padding left as it is. */
export function spread(
  { layers }: VectorLayout,
  v: Vector,
  scale: number,
  memory: Float32Array,
  offset: number,
): void {
  let i = 0;
  for (const { inputs, outputs, weights, stride, bias } of layers) {
    for (let k = 0; k < outputs; k++) {
      const row = offset + weights + k * stride;
      for (let j = 0; j < inputs; j++) memory[row + j] = scale * v[i + j];
      i += inputs;
    }
    for (let k = 0; k < outputs; k++) memory[offset + bias + k] = scale * v[i + k];
    i += outputs;
  }
}

/** v ← scale · memory at `offset`, the padding left out. */
export function gather(
  { layers }: VectorLayout,
  memory: Float32Array,
  offset: number,
  scale: number,
  v: Vector,
): void {
  let i = 0;
  for (const { inputs, outputs, weights, stride, bias } of layers) {
    for (let k = 0; k < outputs; k++) {
      const row = offset + weights + k * stride;
      for (let j = 0; j < inputs; j++) v[i + j] = scale * memory[row + j];
      i += inputs;
    }
    for (let k = 0; k < outputs; k++) v[i + k] = scale * memory[offset + bias + k];
    i += outputs;
  }
}

/** memory at `offset` ← rows, `stride` apart. */
export function spreadRows(rows: Rows, memory: Float32Array, offset: number, stride: number): void {
  const { count, width, data } = rows;
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < width; k++) memory[offset + i * stride + k] = data[i * width + k];
  }
}

/** rows ← memory at `offset`, `stride` apart. */
export function gatherRows(memory: Float32Array, offset: number, stride: number, rows: Rows): void {
  const { count, width, data } = rows;
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < width; k++) data[i * width + k] = memory[offset + i * stride + k];
  }
}
