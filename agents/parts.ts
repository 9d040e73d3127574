import {
  type Baseline,
  conjugateGradient,
  discountedStates,
  type Environment,
  type FisherModel,
  gae,
  kernelConjugateGradient,
  kernelFisher,
  kernelMlp,
  type LinearOperator,
  type MlpOptions,
  type NaturalGradientParts,
  type Network,
  networkBaseline,
  policyFor,
  type Random,
  type ResidentOperator,
  ridge,
  type Solver,
  standardised,
  uniformStates,
  zero,
} from "../src/index.ts";
import { kernelsNamed } from "./kernels.ts";
import type { CommonOptions, FisherOptions } from "./options.ts";

type CommonParts = Pick<
  NaturalGradientParts<LinearOperator>,
  "policy" | "baseline" | "advantage" | "weighting"
>;

/** The parts that all agents make alike: policy, baseline, advantage and state weighting. */
export function commonParts(
  environment: Environment,
  random: Random,
  options: CommonOptions,
): CommonParts {
  const { discount, lambda, bias, logStd, hidden, activation } = options;
  const perceptron = perceptronOf(options);
  const estimator = gae({ discount, lambda });
  const policyOptions = { hidden, activation, bias, logStd, perceptron };
  return {
    policy: policyFor(environment, random.split("policy"), policyOptions),
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
    hidden: [64, 64],
    outputSize: 1,
    activation: options.activation,
  });
  return networkBaseline({ network, random });
}

/** The exact Fisher matrix and conjugate gradient: in the kernels' memory for hidden layers, else in float64. */
export function curvatureParts({ hidden, iterations }: CommonOptions & FisherOptions): {
  readonly fisher: FisherModel<ResidentOperator>;
  readonly solver: Solver<ResidentOperator>;
} {
  const inKernels = hidden.length > 0;
  return {
    fisher: kernelFisher(),
    solver: inKernels ? kernelConjugateGradient({ iterations }) : conjugateGradient({ iterations }),
  };
}
