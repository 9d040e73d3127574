import { readFileSync } from "node:fs";
import {
  type AdvantageEstimator,
  type Batch,
  categorical,
  constantHead,
  createPolicy,
  createRandom,
  dampedCurvature,
  diagonalGaussian,
  lineSearch,
  mlp,
  type MlpOptions,
  type Network,
  type Policy,
  rowsFrom,
  type StepRule,
} from "../../src/index.ts";

/** Written by TRPO.train() of sb3-contrib; see test/fixtures/README.md. */
export interface PeerUpdate {
  readonly name: string;
  readonly policy: {
    readonly kind: "gaussian" | "categorical";
    readonly activation: "tanh";
    readonly observationSize: number;
    readonly hidden: number[];
    readonly actionSize: number;
    readonly parameters: number[];
  };
  readonly batch: {
    readonly observations: number[][];
    readonly actions: number[][] | number[];
    readonly advantages: number[];
  };
  readonly config: {
    readonly targetKl: number;
    readonly damping: number;
    readonly conjugateGradientSteps: number;
    readonly lineSearchShrink: number;
    readonly lineSearchSteps: number;
  };
  readonly expected: {
    readonly logProb: number[];
    readonly entropy: number[];
    readonly gradient: number[];
    readonly vector: number[];
    readonly fisherVectorProduct: number[];
    readonly perturbation: number;
    readonly klOldToPerturbed: number;
    readonly klPerturbedToOld: number;
    readonly perturbedLogProb: number[];
    readonly updatedParameters: number[];
    readonly lineSearchSucceeded: boolean;
    readonly klUpdatedToOld: number;
    readonly klOldToUpdated: number;
    readonly objective: number;
  };
}

const file = new URL("../fixtures/trpo-updates.json", import.meta.url);
export const { cases: peerUpdates } = JSON.parse(readFileSync(file, "utf8")) as {
  cases: PeerUpdate[];
};

/** The policy of a case, with a perceptron by `perceptron`. */
export function policyOf(
  { kind, observationSize, hidden, actionSize, parameters }: PeerUpdate["policy"],
  perceptron: (options: MlpOptions) => Network = mlp,
): Policy {
  const body = perceptron({ inputSize: observationSize, hidden, outputSize: actionSize });
  const policy =
    kind === "gaussian"
      ? createPolicy(
          constantHead(body, new Array<number>(actionSize).fill(0)),
          diagonalGaussian(actionSize),
          createRandom(0),
        )
      : createPolicy(body, categorical(actionSize), createRandom(0));
  policy.theta.set(parameters);
  return policy;
}

/** The batch of a case, as one episode. */
export function batchOf({ observations, actions }: PeerUpdate["batch"]): Batch {
  const count = observations.length;
  return {
    observations: rowsFrom(observations),
    actions: rowsFrom(actions.map((action) => (typeof action === "number" ? [action] : action))),
    rewards: new Float64Array(count),
    episodes: [{ start: 0, end: count, ending: "terminated", elapsed: 0 }],
    lastObservations: rowsFrom([observations[0]]),
    finished: [],
  };
}

/** The advantages of a case, already normalised. */
export function givenAdvantages({ advantages: values }: PeerUpdate["batch"]): AdvantageEstimator {
  return { discount: 1, estimate: (_, __, advantages) => advantages.set(values) };
}

/** The peer's step: length from the damped curvature, δ times the components that its KL averages over. */
export function peerStep(
  { targetKl, lineSearchShrink, lineSearchSteps }: PeerUpdate["config"],
  components: number,
): StepRule {
  const search = {
    kl: targetKl * components,
    factor: lineSearchShrink,
    backtracks: lineSearchSteps - 1,
  };
  return dampedCurvature(lineSearch(search));
}
