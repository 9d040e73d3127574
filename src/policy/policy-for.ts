import { categorical } from "../distribution/categorical.ts";
import { diagonalGaussian } from "../distribution/diagonal-gaussian.ts";
import { actionSize, type Environment } from "../environment/environment.ts";
import type { Random } from "../math/random.ts";
import type { ActivationName } from "../network/activation.ts";
import { constantHead } from "../network/constant-head.ts";
import { linear } from "../network/linear.ts";
import { mlp, type MlpOptions } from "../network/mlp.ts";
import type { Network } from "../network/network.ts";
import { sharedScores } from "../network/shared-scores.ts";
import { createPolicy, type Policy } from "./policy.ts";

export interface PolicyOptions {
  /** Sizes of the hidden layers; none for a linear policy. */
  readonly hidden?: readonly number[];
  /** φ of the hidden layers. */
  readonly activation?: ActivationName;
  /** Whether a linear policy has a bias term; hidden layers always do. */
  readonly bias?: boolean;
  /** W of a linear policy at the start, row by row; none for zero. */
  readonly gain?: readonly number[];
  /** Makes the perceptron of a policy with hidden layers: `mlp`, or one computed by kernels. */
  readonly perceptron?: (options: MlpOptions) => Network;
  /** log σ at the start, for every action component; a discrete space has none. */
  readonly logStd?: number;
}

/** Gain of a perceptron's last layer: all actions start near equal, whatever the observation. */
const OUTPUT_GAIN = 0.01;

/**
 * The default policy of an environment: a softmax over the choices of a discrete action space,
 * a ~ N(f(o), diag σ²) with a learnt constant σ on a box, θ = (parameters of f, log σ).
 *
 * f is W o + b, started at zero unless told otherwise, or with `hidden` a perceptron whose last layer starts small. Where
 * the observation describes each choice, f scores every choice from its own row, and is θᵀφ_a
 * without hidden layers: a bias would raise all scores alike.
 *
 * @throws RangeError for `bias: false` or a `gain` with hidden layers, or what `linear` or `mlp` refuses.
 */
export function policyFor(
  environment: Environment,
  random: Random,
  options: PolicyOptions = {},
): Policy {
  const { actionSpace, observationSize } = environment;
  if (actionSpace.kind === "discrete") {
    const { count, features } = actionSpace;
    const network =
      features === undefined
        ? bodyOf(observationSize, count, options)
        : sharedScores(count, bodyOf(features, 1, withoutShift(options)));
    return createPolicy(network, categorical(count), random);
  }
  const size = actionSize(actionSpace);
  const logStd = new Array<number>(size).fill(options.logStd ?? 0);
  const network = constantHead(bodyOf(observationSize, size, options), logStd);
  return createPolicy(network, diagonalGaussian(size), random);
}

/** The options for scores that only differences matter of. */
function withoutShift(options: PolicyOptions): PolicyOptions {
  const { hidden = [] } = options;
  return hidden.length === 0 ? { ...options, bias: false } : options;
}

function bodyOf(
  inputSize: number,
  outputSize: number,
  { hidden = [], activation = "tanh", bias = true, gain = [], perceptron = mlp }: PolicyOptions,
): Network {
  if (hidden.length === 0) return linear(inputSize, outputSize, { bias, initial: gain });
  if (!bias) {
    throw new RangeError(
      `policyFor: a policy with hidden layers has bias terms, got bias false with hidden [${hidden.join(", ")}]; leave one of the two out`,
    );
  }
  if (gain.length > 0) {
    throw new RangeError(
      `policyFor: a gain is of a linear policy, got [${gain.join(", ")}] with hidden [${hidden.join(", ")}]; leave one of the two out`,
    );
  }
  return perceptron({ inputSize, hidden, outputSize, activation, outputGain: OUTPUT_GAIN });
}
