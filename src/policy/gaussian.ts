import type { SpreadBounds } from "../distribution/bounded-gaussian.ts";
import { boundedGaussian } from "../distribution/bounded-gaussian.ts";
import { diagonalGaussian } from "../distribution/diagonal-gaussian.ts";
import type { Distribution } from "../distribution/distribution.ts";
import { squashedGaussian } from "../distribution/squashed-gaussian.ts";
import type { BoxSpace } from "../environment/environment.ts";
import { exp, log } from "../math/elementary.ts";
import { clamp } from "../math/scalar.ts";
import type { Vector } from "../math/vector.ts";
import { constantHead } from "../network/constant-head.ts";
import type { Network } from "../network/network.ts";

/** The spread of a Gaussian policy. */
export interface SpreadOptions {
  /** log σ at the start, for every action component; a discrete space has none. */
  readonly logStd?: number;
  /** Whether σ depends on the observation, as an output of the network, and is not one constant. */
  readonly stateStd?: boolean;
  /** The least σ, 0 by default. */
  readonly minStd?: number;
  /** The largest σ; without one by default. */
  readonly maxStd?: number;
}

/** What makes a Gaussian policy of a body. */
export interface GaussianParts {
  readonly network: Network;
  readonly distribution: Distribution;
  readonly project?: (theta: Vector) => void;
}

/**
 * a ~ N(μ, diag σ²) on a box, or that of what is squashed into it, with μ of the network that `bodyOf`
 * makes for a number of outputs.
 *
 * A constant σ is a learnt log σ at the end of θ. Its bounds hold by projection after each step, the
 * nearest log σ between them: nearest also in the metric of F, in which log σ stands apart. A σ of
 * the observation is an output of the network, which no projection of θ bounds: with bounds it is
 * `boundedGaussian`, whose σ(ξ) lies between them for every ξ and whose F is exact.
 *
 * @throws RangeError where the bounds are out of order, σ starts outside, or a σ of the observation has
 * a least σ and no largest.
 */
export function gaussianParts(
  space: BoxSpace,
  bodyOf: (outputs: number) => Network,
  options: SpreadOptions,
): GaussianParts {
  const size = space.low.length;
  const { logStd = 0, stateStd = false, minStd = 0, maxStd = Infinity } = options;
  requireSpread({ logStd, stateStd, minStd, maxStd });
  const bounded = minStd > 0 || maxStd < Infinity;
  const spread = stateStd && bounded ? { low: minStd, high: maxStd } : undefined;
  const distribution = distributionOf(space, spread);
  if (stateStd) {
    const start = spread === undefined ? logStd : xiOf(exp(logStd), spread);
    return { network: endingIn(bodyOf(2 * size), size, start), distribution };
  }
  const network = constantHead(bodyOf(size), new Array<number>(size).fill(logStd));
  if (!bounded) return { network, distribution };
  const [low, high] = [log(minStd), log(maxStd)];
  const project = (theta: Vector): void => {
    const { parameterCount } = network;
    for (let k = parameterCount - size; k < parameterCount; k++) {
      theta[k] = clamp(theta[k], low, high);
    }
  };
  return { network, distribution, project };
}

function distributionOf(space: BoxSpace, spread: SpreadBounds | undefined): Distribution {
  const { squashedTo, low } = space;
  if (squashedTo !== undefined) return squashedGaussian(squashedTo, spread);
  return spread === undefined ? diagonalGaussian(low.length) : boundedGaussian(low.length, spread);
}

/** ξ with σ(ξ) = σ. */
function xiOf(sigma: number, { low, high }: SpreadBounds): number {
  return log((high - sigma) / (sigma - low));
}

/** The network with the last `count` biases, which are the last numbers of θ, started at `value`. */
function endingIn(network: Network, count: number, value: number): Network {
  const { parameterCount } = network;
  return {
    ...network,
    initialise: (theta, random) => {
      network.initialise(theta, random);
      theta.fill(value, parameterCount - count, parameterCount);
    },
  };
}

function requireSpread({ logStd, stateStd, minStd, maxStd }: Required<SpreadOptions>): void {
  if (!(minStd >= 0 && minStd < maxStd)) {
    throw new RangeError(
      `policyFor: minStd must be at least 0 and below maxStd, got ${minStd} and ${maxStd}`,
    );
  }
  if (stateStd && minStd > 0 && maxStd === Infinity) {
    throw new RangeError(
      `policyFor: a σ of the observation with minStd needs maxStd as well, got minStd ${minStd} alone; give maxStd`,
    );
  }
  const sigma = exp(logStd);
  const inside = sigma > minStd && sigma < maxStd;
  if (inside || (!stateStd && (sigma === minStd || sigma === maxStd))) return;
  throw new RangeError(
    `policyFor: σ must start between minStd and maxStd, got ${sigma} from logStd ${logStd} for ${minStd} and ${maxStd}; change logStd`,
  );
}
