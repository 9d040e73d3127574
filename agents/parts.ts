import {
  type Baseline,
  dampedCurvature,
  discountedStates,
  type Environment,
  type FisherModel,
  gae,
  kernelMlp,
  klNewToOld,
  type LearningParts,
  type LinearOperator,
  type MlpOptions,
  type NaturalGradientParts,
  type Network,
  networkBaseline,
  policyFor,
  type PolicyOptions,
  type Random,
  type ResidentOperator,
  ridge,
  standardised,
  type StepRule,
  type SurrogateMaker,
  uniformStates,
  zero,
} from "../src/index.ts";
import { kernelsNamed } from "./kernels.ts";
import {
  type CommonOptions,
  commonOptions,
  type FisherOptions,
  type LinearPolicyOptions,
} from "./options.ts";

/** What makes a gradient of a batch: Â and the weights of the steps. */
export type EstimationParts = Pick<
  NaturalGradientParts<LinearOperator>,
  "baseline" | "advantage" | "weighting"
>;

/** By what batches are computed, such as the threads of a crew, where not in one piece. */
export interface BatchParts {
  readonly surrogate: SurrogateMaker;
  /** The exact F of what the surrogate is linearised at. */
  readonly fisher: FisherModel<ResidentOperator>;
}

/** The parts that all agents make alike: policy, baseline, advantage and state weighting. */
export function commonParts(
  environment: Environment,
  random: Random,
  options: CommonOptions,
  batch?: BatchParts,
): EstimationParts & Pick<NaturalGradientParts<LinearOperator>, "policy" | "surrogate"> {
  const policy = { ...policyOptionsOf(options), perceptron: perceptronOf(options) };
  return {
    policy: policyFor(environment, random.split("policy"), policy),
    ...estimationParts(environment, random, options),
    ...(batch && { surrogate: batch.surrogate }),
  };
}

/** What the steps of an agent with a Fisher matrix are measured by; `rule` tells their length. */
export function steppedParts(
  { dampedStep, divergence, damping }: FisherOptions,
  rule: StepRule,
): Pick<LearningParts, "damping" | "step" | "divergence"> {
  return {
    damping,
    step: dampedStep ? dampedCurvature(rule) : rule,
    ...(divergence === "new-to-old" && { divergence: klNewToOld }),
  };
}

/** The options of `policyFor` among those of an agent: plain data, as the recipe of a crew has them. */
export function policyOptionsOf(options: CommonOptions): Omit<PolicyOptions, "perceptron"> {
  const { hidden, activation, bias, gain, normaliseObservations } = options;
  const { logStd, stateStd, minStd, maxStd } = options;
  return {
    ...{ hidden, activation, bias, gain, normaliseObservations, logStd, stateStd, minStd },
    ...(maxStd > 0 && { maxStd }),
  };
}

/**
 * A linear policy, and what its steps are measured by, of an agent whose directions are regressed: g
 * is F w, so that Â serves the measured gain alone.
 */
export function regressedParts(
  environment: Environment,
  random: Random,
  { discount, bias, gain, logStd }: LinearPolicyOptions,
): Pick<LearningParts, "policy" | "baseline" | "advantage"> {
  return {
    policy: policyFor(environment, random.split("policy"), { bias, gain, logStd }),
    baseline: ridge(),
    advantage: gae({ discount, lambda: 1 }),
  };
}

/** Baseline, advantage and state weighting, for the same `random` as `commonParts`. */
export function estimationParts(
  environment: Environment,
  random: Random,
  options: CommonOptions,
): EstimationParts {
  const { discount, lambda } = options;
  const estimator = gae({ discount, lambda });
  requireCritic(options);
  return {
    baseline: baselineOf(environment, random.split("baseline"), options),
    advantage: options.standardise ? standardised(estimator) : estimator,
    weighting: options.discountedStates ? discountedStates(discount) : uniformStates(),
  };
}

function perceptronOf({ kernel }: CommonOptions): (options: MlpOptions) => Network {
  return (options) => kernelMlp(kernelsNamed(kernel), options);
}

function baselineOf(
  { observationSize }: Environment,
  random: Random,
  options: CommonOptions,
): Baseline {
  if (options.baseline === "ridge") return ridge();
  if (options.baseline === "zero") return zero();
  const network = perceptronOf(options)({
    inputSize: observationSize,
    hidden: options.criticHidden,
    outputSize: 1,
    activation: options.activation,
  });
  const { criticLearningRate, criticPasses, criticMinibatch } = options;
  return networkBaseline({
    network,
    random,
    learningRate: criticLearningRate,
    passes: criticPasses,
    minibatch: criticMinibatch === 0 ? Infinity : criticMinibatch,
  });
}

/** The options of the network baseline, which no other has. */
const criticOptions = [
  "criticHidden",
  "criticPasses",
  "criticMinibatch",
  "criticLearningRate",
] as const;

/** @throws RangeError where another baseline is told what only the network can be. */
function requireCritic(options: CommonOptions): void {
  if (options.baseline === "network") return;
  for (const name of criticOptions) {
    const [value, usual] = [options[name], commonOptions[name].parse(undefined)];
    if (String(value) === String(usual)) continue;
    throw new RangeError(
      `${name} must be left out where the baseline is no network, got ${String(value)} with baseline ${options.baseline}; take baseline network`,
    );
  }
}
