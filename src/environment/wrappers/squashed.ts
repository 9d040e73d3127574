import { squash } from "../../math/squash.ts";
import { actionSize, type Environment } from "../environment.ts";
import { finiteBoxOf, wrapped } from "./wrapper.ts";

/**
 * The same process with actions u of any size, squashed into its box: a = low + (high − low)(tanh u + 1)/2.
 *
 * The numbers of a batch are then u, from which a follows exactly and not the other way round: near the
 * bounds tanh rounds to ±1. `policyFor` takes the squashed Gaussian, whose log π is that of a.
 *
 * @throws RangeError where the actions are no box, or one without finite bounds.
 */
export function squashed(environment: Environment): Environment {
  const { low, high } = finiteBoxOf("squashed", environment);
  const size = actionSize(environment.actionSpace);
  const inner = new Float64Array(size);
  return wrapped(environment, {
    actionSpace: {
      kind: "box",
      low: new Array<number>(size).fill(-Infinity),
      high: new Array<number>(size).fill(Infinity),
      squashedTo: { low, high },
    },
    step: (state, u, random) => {
      for (let k = 0; k < size; k++) inner[k] = squash(u[k], low[k], high[k]);
      return environment.step(state, inner, random);
    },
  });
}
