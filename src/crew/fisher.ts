import type { FisherModel } from "../fisher/fisher.ts";
import { kernelFisher } from "../fisher/kernel.ts";
import {
  float64Space,
  type Float64Space,
  residentOperator,
  type ResidentOperator,
} from "../linear/resident.ts";
import type { Linearisation } from "../network/network.ts";
import type { Crew } from "./crew.ts";
import { COMMANDS } from "./protocol.ts";
import { setArgument, type ShardedLinearisation, sumPartials } from "./surrogate.ts";

/**
 * The exact F = Σₛ Jₛᵀ(w ⊙ M Jₛ) over the shards of a batch, each computed by the thread that has it,
 * by kernels where the policy has them. At a point that is not sharded it is `kernelFisher`.
 */
export function shardedFisher(): FisherModel<ResidentOperator> {
  const whole = kernelFisher();
  const spaces = new WeakMap<Crew, Float64Space>();
  return {
    exact: true,
    at: (point, distribution, actions, weights) => {
      if (!isSharded(point)) return whole.at(point, distribution, actions, weights);
      const { crew } = point;
      const { memory, shape } = crew;
      const size = shape.parameterCount;
      if (weights !== memory.weights) memory.weights.set(weights);
      crew.perform(COMMANDS.curvature);
      const space = spaces.get(crew) ?? float64Space(size);
      spaces.set(crew, space);
      const apply: ResidentOperator["apply"] = (v, out) => {
        setArgument(crew, v);
        crew.perform(COMMANDS.product);
        sumPartials(memory.partials, out);
      };
      return residentOperator({ size, apply }, space);
    },
  };
}

function isSharded(point: Linearisation): point is ShardedLinearisation {
  return "crew" in point;
}
