import type { DenseLayer } from "../../../src/index.ts";
import type { Snapshot } from "./snapshot.ts";

/** The sizes that decide what a method costs. */
export interface Shape {
  /** P. */
  readonly parameters: number;
  /** N. */
  readonly steps: number;
  /** Width of η. */
  readonly outputs: number;
  /** Columns of the factor of M. */
  readonly columns: number;
  readonly layers: readonly DenseLayer[];
  /** Numbers a step that the layers' inputs and outputs hold, tangents included. */
  readonly activations: number;
  /** Numbers a step that the layers' cotangents hold. */
  readonly cotangents: number;
}

export function shapeOf({ policy, surrogate }: Snapshot): Shape {
  const { point } = surrogate;
  const traces = point.layers?.(point.outputs) ?? [];
  const layers = traces.map(({ layer }) => layer);
  const total = (size: (layer: DenseLayer) => number): number =>
    layers.reduce((sum, layer) => sum + size(layer), 0);
  return {
    parameters: policy.theta.length,
    steps: point.outputs.count,
    outputs: point.outputs.width,
    columns: policy.distribution.factor?.columns ?? Infinity,
    layers,
    activations: total(({ inputs, outputs }) => inputs + outputs),
    cotangents: total(({ outputs }) => outputs),
  };
}
