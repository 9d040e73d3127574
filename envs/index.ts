/**
 * The registry of environments, and what is exactly known of them.
 *
 * @module natgrad/envs
 */

import type * as z from "zod";
import {
  type ActionValue,
  type Environment,
  log,
  type Policy,
  type Reference,
} from "../src/index.ts";
import { acrobot } from "./acrobot.ts";
import { bandit, banditOptions } from "./bandit.ts";
import { cartpole, cartpoleContinuous } from "./cartpole.ts";
import { cartpoleLinear } from "./cartpole-linear.ts";
import { doubleIntegrator, doubleIntegratorOptions } from "./double-integrator.ts";
import { grid, gridOptions } from "./grid.ts";
import { lqr, type LqrEnvironment, lqrOptions } from "./lqr.ts";
import { lqrActionValue } from "./lqr-action-value.ts";
import { lqrReference } from "./lqr-reference.ts";
import { mountainCar, mountainCarContinuous, mountainCarOptions } from "./mountain-car.ts";
import { pendulum, pendulumOptions } from "./pendulum.ts";
import type { TabularEnvironment } from "./tabular.ts";
import { tabularReference } from "./tabular-reference.ts";
import { tetris } from "./tetris.ts";
import { twoState } from "./two-state.ts";

export * from "./acrobot.ts";
export * from "./bandit.ts";
export * from "./cartpole.ts";
export * from "./cartpole-linear.ts";
export * from "./double-integrator.ts";
export * from "./grid.ts";
export * from "./lqr.ts";
export * from "./lqr-action-value.ts";
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
export * from "./mountain-car.ts";
export * from "./pendulum.ts";
export {
  finiteHorizonValues,
  type LqrValues,
  spectralRadius,
  stationaryValues,
} from "./lqr-solution.ts";
export * from "./tabular.ts";
export * from "./tabular-optimum.ts";
export * from "./tabular-path.ts";
export { decisionBorder, tabulated, type TabularPolicy } from "./tabular-policy.ts";
export type { TabularProblem } from "./tabular-problem.ts";
export * from "./tabular-reference.ts";
export {
  tabularValues,
  type TabularValues,
  type TabularValuesOptions,
} from "./tabular-solution.ts";
export * from "./tetris.ts";
export * from "./two-state.ts";

/** An environment as the registry knows it. */
export interface EnvironmentEntry {
  /** One line. */
  readonly summary: string;
  /** Rules, defaults and descriptions of what `create` can be told. */
  readonly options?: z.ZodObject;
  /** @throws RangeError for options that the environment refuses. */
  readonly create: (options?: object) => Environment;
  /** Agent options that suit it, where they differ from the agents' own defaults. */
  readonly suggests?: Readonly<Record<string, unknown>>;
  /** Ground truth for an environment made by `create`, where it is known. */
  readonly reference?: (environment: Environment) => Reference;
  /** The exact Q of returns without end at whatever θ a policy has, where it is known. */
  readonly actionValue?: (
    environment: Environment,
    policy: Policy,
    discount: number,
  ) => ActionValue;
}

/** What is exactly known of a linear-quadratic regulator. */
const regulator: Pick<EnvironmentEntry, "reference" | "actionValue"> = {
  reference: (environment) => lqrReference((environment as LqrEnvironment).problem),
  actionValue: (environment, policy, discount) =>
    lqrActionValue((environment as LqrEnvironment).problem, policy, discount),
};

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
    options: lqrOptions,
    create: lqr,
    suggests: { kl: 0.1, discount: 0.95 },
    ...regulator,
  },
  cartpole: {
    summary: "a pole balanced on a cart pushed left or right, as Gymnasium's CartPole-v1",
    create: () => cartpole(),
    suggests: perceptron,
  },
  "cartpole-continuous": {
    summary: "the same cart pushed by a force of up to 10 N",
    create: () => cartpoleContinuous(),
    suggests: { ...perceptron, logStd: log(5), stepSize: 2 },
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
  pendulum: {
    summary: "a pendulum swung up by a torque too weak to lift it at once, as Pendulum-v1",
    options: pendulumOptions,
    create: pendulum,
    suggests: { ...perceptron, discount: 0.9 },
  },
  "mountain-car": {
    summary: "an underpowered car rocked out of a valley by pushes, as MountainCar-v0",
    options: mountainCarOptions,
    create: mountainCar,
    suggests: perceptron,
  },
  "mountain-car-continuous": {
    summary: "the same car driven by a force that has a price, as MountainCarContinuous-v0",
    options: mountainCarOptions,
    create: mountainCarContinuous,
    suggests: perceptron,
  },
  acrobot: {
    summary: "two links swung up by a torque between them, as Acrobot-v1",
    create: () => acrobot(),
    suggests: perceptron,
  },
  "double-integrator": {
    summary: "a mass brought to rest by a force; its exact solution is known",
    options: doubleIntegratorOptions,
    create: doubleIntegrator,
    suggests: { kl: 0.1, discount: 0.99 },
    ...regulator,
  },
  bandit: {
    summary: "one choice among three arms, the smallest problem with a policy gradient",
    options: banditOptions,
    create: bandit,
    suggests: { kl: 0.05 },
  },
  grid: {
    summary: "a king's way to the middle of a board: two choices at once, one a direction",
    options: gridOptions,
    create: grid,
    suggests: { kl: 0.05 },
  },
  "cartpole-linear": {
    summary: "the linearised cart-pole of the natural actor-critic; its exact solution is known",
    create: () => cartpoleLinear(),
    // From K = 0 the pole falls, and J = −∞; this K balances it, at 1.3 times the least cost.
    suggests: { discount: 0.99, bias: false, gain: [3, 9, -100, -30] },
    reference: (environment) => lqrReference((environment as LqrEnvironment).problem),
  },
  "two-state": {
    summary: "Kakade's two states, of which the farther pays more; its exact solution is known",
    create: () => twoState(),
    suggests: { discount: 0.95 },
    reference: (environment) => tabularReference(environment as TabularEnvironment),
  },
};
