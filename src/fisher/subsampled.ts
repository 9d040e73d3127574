import type { LinearOperator } from "../linear/operator.ts";
import { copyRow, createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { Linearisation, Network, Origin } from "../network/network.ts";
import type { FisherModel } from "./fisher.ts";

export interface SubsampledOptions {
  /** k: takes steps 0, k, 2k, … of the batch. */
  readonly every: number;
}

/**
 * `fisher` on every k-th step of the batch, whose weights are scaled to the sum of all weights.
 *
 * The policy is linearised again on those steps alone, so that each product costs 1/k; the estimate
 * is that of a batch of N/k steps, too noisy where N/k is below the number of parameters. As
 * `fvpargs = [arr[::5] …]` in OpenAI Baselines' TRPO. Differs from `sub_sampling_factor` of
 * sb3-contrib, which thins out the gradient, the KL and the line search as well: here they see every
 * step, and so does the curvature wᵀFw of the step rule. Steps k apart are the same phases of the
 * episode where k divides its length: choose a k that does not.
 *
 * @throws RangeError unless `every` is a positive integer, and at a network without `origin`.
 */
export function subsampled<A extends LinearOperator>(
  fisher: FisherModel<A>,
  { every }: SubsampledOptions,
): FisherModel<A> {
  if (!Number.isInteger(every) || every < 1) {
    throw new RangeError(`subsampled: every must be a positive integer, got ${every}`);
  }
  let some: Thinned | undefined;
  return {
    at: (point, distribution, actions, weights) => {
      const origin = originOf(point);
      const count = Math.ceil(weights.length / every);
      if (some?.network !== origin.network || some.weights.length !== count) {
        some = createThinned(origin, count, actions.width);
      }
      thin(origin.inputs, every, some.inputs);
      thin(actions, every, some.actions);
      thinWeights(weights, every, some.weights);
      some.point.at(origin.theta, some.inputs);
      return fisher.at(some.point, distribution, some.actions, some.weights);
    },
  };
}

/** The chosen steps and the policy linearised on them. */
interface Thinned {
  readonly network: Network;
  readonly point: Linearisation;
  readonly inputs: Rows;
  readonly actions: Rows;
  readonly weights: Vector;
}

function createThinned({ network, inputs }: Origin, count: number, actionSize: number): Thinned {
  return {
    network,
    point: network.linearisation(count),
    inputs: createRows(count, inputs.width),
    actions: createRows(count, actionSize),
    weights: new Float64Array(count),
  };
}

function originOf({ origin }: Linearisation): Origin {
  if (origin !== undefined) return origin;
  throw new RangeError(
    "subsampled: the network must say where it is linearised, got a linearisation without `origin`; add it, or use all steps",
  );
}

/** outⱼ ← row j·every. */
function thin(rows: Rows, every: number, out: Rows): void {
  for (let j = 0; j < out.count; j++) copyRow(rows, j * every, out, j);
}

/** outⱼ ← ρ_{j·every}, scaled to Σ w. */
function thinWeights(weights: Vector, every: number, out: Vector): void {
  let all = 0;
  let chosen = 0;
  for (const weight of weights) all += weight;
  for (let j = 0; j < out.length; j++) chosen += weights[j * every];
  const scale = chosen > 0 ? all / chosen : 0;
  for (let j = 0; j < out.length; j++) out[j] = weights[j * every] * scale;
}
