import {
  float64Space,
  type Float64Space,
  residentOperator,
  type ResidentOperator,
} from "../linear/resident.ts";
import { norm, type Vector } from "../math/vector.ts";
import type { ConstantHeadLinearisation } from "../network/constant-head.ts";
import { asKernelLinearisation, type KernelLinearisation } from "../network/kernels/batch.ts";
import { createCurvature } from "../network/kernels/curvature.ts";
import type { Linearisation } from "../network/network.ts";
import type { NormalisedLinearisation } from "../network/normalised.ts";
import { exactFisher } from "./exact.ts";
import type { FisherModel } from "./fisher.ts";
import { kernelSpace } from "./kernel-space.ts";
import { createMetricReader, type OutputMetric } from "./output-metric.ts";

/**
 * The exact F = Jᵀ(ρ ⊙ M J) of a policy whose network, with or without a constant head, is computed
 * by kernels: the same matrix as `exactFisher` to single precision, with its vectors in the memory
 * of the kernels.
 *
 * Of a policy without kernels it is `exactFisher` itself, in float64. The room for a linearisation
 * is made when it is first met.
 *
 * @throws RangeError where a distribution couples its parameters and some of them are constants.
 */
export function kernelFisher(): FisherModel<ResidentOperator> {
  const exact = exactFisher();
  const readMetric = createMetricReader();
  const systems = new WeakMap<Linearisation, System>();
  const spaces = new WeakMap<Linearisation, Float64Space>();
  return {
    exact: true,
    at: (point, distribution, actions, weights) => {
      const kernel = kernelOf(point);
      if (kernel === undefined) {
        const space = spaces.get(point) ?? float64Space(point.parameterCount);
        spaces.set(point, space);
        return residentOperator(exact.at(point, distribution, actions, weights), space);
      }
      const system = systems.get(point) ?? createSystem(kernel, point.parameterCount);
      systems.set(point, system);
      const { width } = kernel.outputs;
      system.at(readMetric(distribution, point.outputs, weights, width));
      return system.operator;
    },
  };
}

/** The kernels of a linearisation, or of what constant heads and normalised inputs stand on. */
function kernelOf(point: Linearisation): KernelLinearisation | undefined {
  if ("body" in point)
    return kernelOf((point as ConstantHeadLinearisation | NormalisedLinearisation).body);
  return asKernelLinearisation(point);
}

/** F on one linearisation, with all of its buffers. */
interface System {
  readonly operator: ResidentOperator;
  at(metric: OutputMetric): void;
}

function createSystem({ plan }: KernelLinearisation, size: number): System {
  const { machine } = plan;
  const curvature = createCurvature(plan);
  const space = kernelSpace(plan, size - plan.layout.count);
  const source = space.allocate();
  const target = space.allocate();
  let constants: Vector = new Float64Array(0);

  const applyResident = (v: number, out: number): void => {
    curvature.apply(v, out);
    const { f32 } = machine;
    for (let k = 0; k < constants.length; k++) {
      f32[out / 4 + space.tail + k] = constants[k] * f32[v / 4 + space.tail + k];
    }
  };
  return {
    at: (metric) => {
      curvature.at(metric.body);
      constants = metric.constants;
    },
    operator: {
      size,
      space,
      applyResident,
      apply: (v, out) => {
        // F v = ‖v‖ F(v/‖v‖), so that float32 neither overflows nor underflows
        const scale = norm(v);
        space.load(v, scale === 0 ? 0 : 1 / scale, source);
        applyResident(source, target);
        space.store(target, scale, out);
      },
    },
  };
}
