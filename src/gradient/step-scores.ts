import { createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { LayerTrace, Network } from "../network/network.ts";
import type { Batch } from "../rollout/batch.ts";
import type { Surrogate } from "./surrogate.ts";

/** ψᵢ = ∇log π(aᵢ | oᵢ; θ) of single steps of a batch. */
export interface StepScores {
  /** out from `at` on ← itself + ψᵢ, P numbers. */
  add(i: number, out: Vector, at: number): void;
}

/**
 * The ψᵢ of a batch that the surrogate is at, valid until its point moves or gives another product;
 * scratch is made anew only when a size changes.
 *
 * A point that shows its layers is passed through backwards once, and ψᵢ is z̄ᵢxᵢᵀ and z̄ᵢ layer by
 * layer. Any other policy, or one whose rows lie in other threads, is linearised again row by row.
 */
export function createStepScores(): (batch: Batch, surrogate: Surrogate) => StepScores {
  let scores = createRows(0, 0);
  const byRows = createRowScores();
  return ({ observations, actions }, { point, policy }) => {
    const { count, width } = point.outputs;
    if (scores.count !== count || scores.width !== width) scores = createRows(count, width);
    policy.distribution.score(point.outputs, actions, scores);
    const layers = point.layers?.(scores);
    if (layers === undefined) return byRows(policy, observations, scores);
    return {
      add: (i, out, at) => {
        for (const trace of layers) addOuter(trace, i, out, at);
      },
    };
  };
}

/** out from `at` on ← itself + (z̄ᵢxᵢᵀ row-major, z̄ᵢ) where the layer's parameters lie. */
function addOuter(
  { layer, inputs, cotangents }: LayerTrace,
  i: number,
  out: Vector,
  at: number,
): void {
  const { inputs: n, outputs: m, bias } = layer;
  const weights = at + layer.offset;
  for (let k = 0; k < m; k++) {
    const z = cotangents.data[i * m + k];
    for (let j = 0; j < n; j++) out[weights + k * n + j] += z * inputs.data[i * n + j];
    if (bias) out[weights + m * n + k] += z;
  }
}

/** ψᵢ by a linearisation of one row. */
function createRowScores(): (
  policy: { readonly network: Network; readonly theta: Vector },
  observations: Rows,
  scores: Rows,
) => StepScores {
  const kept = new WeakMap<Network, ReturnType<typeof rowOf>>();
  return ({ network, theta }, observations, scores) => {
    const row = kept.get(network) ?? rowOf(network);
    kept.set(network, row);
    const { point, input, score, gradient } = row;
    return {
      add: (i, out, at) => {
        const { width: n } = input;
        const { width: m } = score;
        for (let j = 0; j < n; j++) input.data[j] = observations.data[i * n + j];
        for (let k = 0; k < m; k++) score.data[k] = scores.data[i * m + k];
        point.at(theta, input);
        point.vjp(score, gradient);
        for (let j = 0; j < gradient.length; j++) out[at + j] += gradient[j];
      },
    };
  };
}

function rowOf(network: Network) {
  return {
    point: network.linearisation(1),
    input: createRows(1, network.inputSize),
    score: createRows(1, network.outputSize),
    gradient: new Float64Array(network.parameterCount),
  };
}
