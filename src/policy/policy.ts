import type { Distribution } from "../distribution/distribution.ts";
import type { Random } from "../math/random.ts";
import type { Vector } from "../math/vector.ts";
import type { Network } from "../network/network.ts";
import type { ObservationNormaliser } from "./normaliser.ts";

/**
 * π(a | s; θ): η = network(s; θ), a ~ distribution(η). Training changes θ and, where there is one, the
 * normaliser, and nothing else.
 */
export interface Policy {
  readonly network: Network;
  readonly distribution: Distribution;
  readonly theta: Vector;
  /** θ ← the nearest θ that is allowed, where not every θ is; every step ends there. */
  readonly project?: (theta: Vector) => void;
  /** By what the network sees observations normalised, where it does. */
  readonly normaliser?: ObservationNormaliser;
}

/** A policy with θ initialised by its network. @throws RangeError when the network's outputs are not the distribution's η. */
export function createPolicy(network: Network, distribution: Distribution, random: Random): Policy {
  if (network.outputSize !== distribution.parameterSize) {
    throw new RangeError(
      `createPolicy: the network must output the ${distribution.parameterSize} parameters of the distribution, got ${network.outputSize} outputs`,
    );
  }
  const theta = new Float64Array(network.parameterCount);
  network.initialise(theta, random);
  return { network, distribution, theta };
}
