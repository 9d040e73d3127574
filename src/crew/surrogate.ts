import { klOldToNew } from "../gradient/divergence.ts";
import type { Surrogate, SurrogateMaker } from "../gradient/surrogate.ts";
import type { Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { Linearisation } from "../network/network.ts";
import type { Policy } from "../policy/policy.ts";
import { requireSameShape, setStatistics } from "./collector.ts";
import type { Crew } from "./crew.ts";
import { COMMANDS } from "./protocol.ts";

/** A linearisation whose rows are spread over the threads of a crew. */
export interface ShardedLinearisation extends Linearisation {
  readonly crew: Crew;
}

/**
 * Surrogates whose gradient, gain and KL are summed by shards: within a shard over its rows, then
 * over the shards in their order, whichever thread has them.
 *
 * A batch that is one shard gives the very numbers of `createSurrogate`. A crew serves one surrogate
 * at a time.
 *
 * @throws RangeError where the policy, the number of steps or the divergence is not the recipe's.
 */
export function shardedSurrogate(crew: Crew): SurrogateMaker {
  const { memory, shape, parts } = crew;
  return (policy, count, divergence = klOldToNew): Surrogate => {
    requireSameShape(crew, policy);
    if (count !== shape.rows) {
      throw new RangeError(`crew: batches must have ${shape.rows} steps, got ${count}`);
    }
    if (divergence !== parts.divergence) {
      throw new RangeError(
        "crew: the divergence must be that of the recipe, got another; give the recipe its name",
      );
    }
    const point = shardedLinearisation(crew, policy);
    return {
      policy,
      point,
      advantages: memory.advantages,
      weights: memory.weights,
      at: (batch) => {
        copyInto(memory.actions, batch.actions);
        point.at(policy.theta, batch.observations);
      },
      gradient: (g) => {
        crew.perform(COMMANDS.gradient);
        sumPartials(memory.partials, g);
      },
      measure: (theta) => {
        setArgument(crew, theta);
        setStatistics(crew, policy);
        crew.perform(COMMANDS.measure);
        const { count, width, data } = memory.measurements;
        let [gain, kl, ratios, squaredRatios] = [0, 0, 0, 0];
        for (let at = 0; at < count * width; at += width) {
          gain += data[at];
          kl += data[at + 1];
          ratios += data[at + 2];
          squaredRatios += data[at + 3];
        }
        return { gain, kl, ratios, squaredRatios };
      },
    };
  };
}

function shardedLinearisation(crew: Crew, policy: Policy): ShardedLinearisation {
  const { memory, shape } = crew;
  return {
    crew,
    parameterCount: shape.parameterCount,
    outputs: memory.outputs,
    at: (theta, inputs) => {
      copyInto(memory.observations, inputs);
      memory.theta.set(theta.subarray(0, shape.parameterCount));
      setStatistics(crew, policy);
      crew.perform(COMMANDS.linearise);
    },
    jvp: (v, out) => {
      setArgument(crew, v);
      crew.perform(COMMANDS.tangents);
      out.data.set(memory.tangents.data);
    },
    vjp: (u, out) => {
      copyInto(memory.tangents, u);
      crew.perform(COMMANDS.cotangents);
      sumPartials(memory.partials, out);
    },
  };
}

/** argument ← the leading numbers of v. */
export function setArgument({ memory }: Crew, v: Vector): void {
  const { argument } = memory;
  for (let j = 0; j < argument.length; j++) argument[j] = v[j];
}

/** out ← Σₛ of the partial sums of the shards, in their order. */
export function sumPartials({ count, width, data }: Rows, out: Vector): void {
  for (let j = 0; j < width; j++) out[j] = data[j];
  for (let s = 1; s < count; s++) {
    for (let j = 0; j < width; j++) out[j] += data[s * width + j];
  }
}

/** @throws RangeError where the shapes differ. */
function copyInto(own: Rows, given: Rows): void {
  if (own.data === given.data) return;
  if (own.count !== given.count || own.width !== given.width) {
    throw new RangeError(
      `crew: rows must be ${own.count} of ${own.width} numbers, got ${given.count} of ${given.width}`,
    );
  }
  own.data.set(given.data.subarray(0, own.data.length));
}
