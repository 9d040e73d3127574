import { categorical } from "../distribution/categorical.ts";
import { product } from "../distribution/product.ts";
import { type ActionSpace, choiceCounts, type Environment } from "../environment/environment.ts";
import type { Random } from "../math/random.ts";
import type { ActivationName } from "../network/activation.ts";
import { linear } from "../network/linear.ts";
import { mlp, type MlpOptions } from "../network/mlp.ts";
import type { Network } from "../network/network.ts";
import { normalised } from "../network/normalised.ts";
import { sharedScores } from "../network/shared-scores.ts";
import { type GaussianParts, gaussianParts, type SpreadOptions } from "./gaussian.ts";
import { CLIP, createNormaliser } from "./normaliser.ts";
import { createPolicy, type Policy } from "./policy.ts";

export interface PolicyOptions extends SpreadOptions {
  /** Sizes of the hidden layers; none for a linear policy. */
  readonly hidden?: readonly number[];
  /** φ of the hidden layers. */
  readonly activation?: ActivationName;
  /** Whether a linear policy has a bias term; hidden layers always do. */
  readonly bias?: boolean;
  /**
   * Whether the network sees observations normalised by their running statistics, which every update
   * of an agent moves; not where they describe choices.
   */
  readonly normaliseObservations?: boolean;
  /** W of a linear policy at the start, row by row; none for zero. */
  readonly gain?: readonly number[];
  /** Makes the perceptron of a policy with hidden layers: `mlp`, or one computed by kernels. */
  readonly perceptron?: (options: MlpOptions) => Network;
}

/** Gain of a perceptron's last layer: all actions start near equal, whatever the observation. */
const OUTPUT_GAIN = 0.01;

/**
 * The default policy of an environment: a softmax over the choices of a discrete action space, one
 * for each component of a multi-discrete one, whose logits stand side by side, and
 * a ~ N(f(o), diag σ²) with a learnt constant σ on a box, θ = (parameters of f, log σ), or with
 * `stateStd` a ~ N(μ, diag σ²), (μ, log σ) = f(o). Where the environment is `squashed`, that is the
 * distribution of what it squashes.
 *
 * f is W o + b, started at zero unless told otherwise, or with `hidden` a perceptron whose last layer
 * starts small. Where the observation describes each choice, f scores every choice from its own row,
 * and is θᵀφ_a without hidden layers: a bias would raise all scores alike.
 *
 * @throws RangeError for `bias: false` with hidden layers or `stateStd`, for a `gain` with hidden layers,
 * for bounds of σ out of order or around no logStd, or what `linear` or `mlp` refuses.
 */
export function policyFor(
  environment: Environment,
  random: Random,
  options: PolicyOptions = {},
): Policy {
  const { actionSpace, observationSize } = environment;
  if (actionSpace.kind === "discrete" && actionSpace.features !== undefined) {
    requireRaw(environment, options);
    const score = bodyOf(actionSpace.features, 1, withoutShift(options));
    const network = sharedScores(actionSpace.count, score);
    return createPolicy(network, categorical(actionSpace.count), random);
  }
  const normaliser =
    options.normaliseObservations === true ? createNormaliser(observationSize) : undefined;
  const makeBody = (outputs: number): Network => {
    const body = bodyOf(observationSize, outputs, options);
    return normaliser === undefined ? body : normalised(body, normaliser.statistics, CLIP);
  };
  const { network, distribution, project } = partsOf(actionSpace, makeBody, options);
  return {
    ...createPolicy(network, distribution, random),
    ...(project && { project }),
    ...(normaliser && { normaliser }),
  };
}

function partsOf(
  space: ActionSpace,
  makeBody: (outputs: number) => Network,
  options: PolicyOptions,
): GaussianParts {
  if (space.kind === "box") {
    requireBias(options);
    return gaussianParts(space, makeBody, options);
  }
  const counts = choiceCounts(space);
  const logits = counts.reduce((sum, count) => sum + count, 0);
  const softmaxes = counts.map(categorical);
  const distribution = space.kind === "discrete" ? softmaxes[0] : product(softmaxes);
  return { network: makeBody(logits), distribution };
}

function requireRaw({ name }: Environment, { normaliseObservations }: PolicyOptions): void {
  if (normaliseObservations !== true) return;
  throw new RangeError(
    `policyFor: observations that describe choices cannot be normalised, got normaliseObservations for ${name}; leave it out`,
  );
}

/** A σ of the observation starts at its bias. */
function requireBias({ stateStd = false, bias = true }: PolicyOptions): void {
  if (!stateStd || bias) return;
  throw new RangeError(
    "policyFor: a σ of the observation needs bias terms, got bias false with stateStd; leave one of the two out",
  );
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
