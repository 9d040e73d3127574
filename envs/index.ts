import type { Environment, Reference } from "../src/index.ts";
import { cartpole, cartpoleContinuous } from "./cartpole.ts";
import { lqr, type LqrEnvironment } from "./lqr.ts";
import { lqrReference } from "./lqr-reference.ts";
import { tetris } from "./tetris.ts";

export * from "./cartpole.ts";
export * from "./lqr.ts";
export * from "./lqr-optimum.ts";
export {
  inUnits,
  type LinearPolicy,
  type LqrProblem,
  type MatrixRows,
  scalarProblem,
} from "./lqr-problem.ts";
export * from "./lqr-reference.ts";
export * from "./lqr-scalar.ts";
export {
  finiteHorizonValues,
  type LqrValues,
  spectralRadius,
  stationaryValues,
} from "./lqr-solution.ts";
export * from "./tetris.ts";

/** An environment as the registry knows it. */
export interface EnvironmentEntry {
  /** One line. */
  readonly summary: string;
  readonly create: () => Environment;
  /** Agent options that suit it, where they differ from the agents' own defaults. */
  readonly suggests?: Readonly<Record<string, unknown>>;
  /** Ground truth for an environment made by `create`, where it is known. */
  readonly reference?: (environment: Environment) => Reference;
}

/** What the common baselines of the field use for control with networks. */
const perceptron = {
  hidden: [64, 64],
  baseline: "network",
  lambda: 0.95,
  damping: 0.1,
  iterations: 15,
  stepSize: 0.5,
};

/** Every environment by name. */
export const environments: Readonly<Record<string, EnvironmentEntry>> = {
  lqr: {
    summary: "linear-quadratic regulator, s′ = s + a, r = −s² − a²; its exact solution is known",
    create: () => lqr(),
    suggests: { kl: 0.1, discount: 0.95 },
    reference: (environment) => lqrReference((environment as LqrEnvironment).problem),
  },
  cartpole: {
    summary: "a pole balanced on a cart pushed left or right, as Gymnasium's CartPole-v1",
    create: () => cartpole(),
    suggests: perceptron,
  },
  "cartpole-continuous": {
    summary: "the same cart pushed by a force of up to 10 N",
    create: () => cartpoleContinuous(),
    suggests: { ...perceptron, logStd: Math.log(5), stepSize: 2 },
  },
  tetris: {
    summary: "Tetris on 10 × 20 cells by placements, which its observation describes by features",
    create: () => tetris(),
    suggests: {
      baseline: "zero",
      discount: 0.9,
      lambda: 1,
      kl: 0.02,
      iterations: 22,
      fisherEvery: 10,
      stepSize: 3,
    },
  },
};
