import { createRows } from "../../math/rows.ts";
import { mlp, type MlpOptions } from "../mlp.ts";
import type { Linearisation, Network, Origin, Predictor } from "../network.ts";
import { predictorOf } from "../predictor.ts";
import { type KernelLinearisation, kernelLinearisation, requireShape } from "./batch.ts";
import { gatherRows, spread, spreadRows } from "./layout.ts";
import type { Kernels } from "./load.ts";
import { createMachine, type Machine } from "./machine.ts";
import { createPlan, type Shape } from "./plan.ts";

/** A network that surely has a predictor. */
export interface KernelNetwork extends Network {
  predictor(rows: number): Predictor;
}

/**
 * The network `mlp(options)`, with the same θ and the same start, computed by kernels in single
 * precision; θ and everything at the boundary is float64. y, J v and Jᵀu are within 1e-5 of float64,
 * relative to their largest number; tanh is within 3.5e-7.
 *
 * Each linearisation has a memory of its own, sized when it is made, and frees it with itself. With
 * the kernels named `float64` it is `mlp` itself.
 *
 * @throws RangeError for what `mlp` refuses, or a number of rows that is not a positive integer.
 */
export function kernelMlp(kernels: Kernels, options: MlpOptions): KernelNetwork {
  const network = mlp(options);
  const { inputSize, hidden, outputSize, activation = "tanh" } = options;
  const shape: Shape = { widths: [inputSize, ...hidden, outputSize], activation };
  const { module, settle } = kernels;
  if (module === undefined) {
    return { ...network, predictor: (rows) => predictorOf(network, rows) };
  }
  const fast: KernelNetwork = {
    ...network,
    linearisation: (rows) => {
      requireRows(rows);
      const plan = createPlan(createMachine(module, settle), shape, rows);
      return traced(kernelLinearisation(plan, createRows(rows, outputSize)), fast, network);
    },
    predictor: (rows) => {
      requireRows(rows);
      return predictor(createMachine(module, settle), shape, rows);
    },
  };
  return fast;
}

/** Adds `origin`, and `layers` in float64: what needs them is formed once a batch, not in a solve. */
function traced(point: KernelLinearisation, fast: Network, exact: Network): KernelLinearisation {
  let origin: Origin = { network: fast, theta: new Float64Array(0), inputs: createRows(0, 0) };
  let referee: Linearisation | undefined;
  return {
    ...point,
    get origin() {
      return origin;
    },
    at: (theta, inputs) => {
      origin = { network: fast, theta, inputs };
      point.at(theta, inputs);
    },
    layers: (u) => {
      referee ??= exact.linearisation(point.outputs.count);
      referee.at(origin.theta, origin.inputs);
      return referee.layers?.(u) ?? [];
    },
  };
}

function predictor(machine: Machine, shape: Shape, rows: number): Predictor {
  const plan = createPlan(machine, shape, rows);
  const { layout, net, inputs: x, inputStride, outputs: y, outputStride } = plan;
  const { kernels } = machine;
  const theta = machine.allocate(layout.length * 4);
  const outputs = createRows(rows, shape.widths[shape.widths.length - 1]);
  return {
    outputs,
    at: (values) => {
      spread(layout, values, 1, machine.f32, theta / 4);
      kernels.packParameters(net, theta, 0);
    },
    predict: (inputs) => {
      requireShape(inputs, rows, shape.widths[0]);
      spreadRows(inputs, machine.f32, x / 4, inputStride / 4);
      kernels.forward(net, theta, 0, rows);
      gatherRows(machine.f32, y / 4, outputStride / 4, outputs);
      machine.settle();
    },
  };
}

function requireRows(rows: number): void {
  if (Number.isInteger(rows) && rows > 0) return;
  throw new RangeError(`kernelMlp: the number of rows must be a positive integer, got ${rows}`);
}
