import { Matrix, solve } from "ml-matrix";
import type { MovementPlan } from "./movement.ts";
import type { MovementTask } from "./task.ts";

/** J(θ) = −(θᵀHθ − 2 hᵀθ + c) of plans executed with exploration σ on the acceleration. */
export interface ExactMovement {
  readonly hessian: Matrix;
  readonly linear: Matrix;
  readonly constant: number;
  /** arg max J, which does not depend on σ. */
  readonly optimum: Float64Array;
  readonly optimalReturn: number;
  readonly returnAt: (theta: ArrayLike<number>) => number;
}

/**
 * The exact return: positions and velocities are linear in the accelerations, accelerations affine
 * in θ, and exploration adds σ² times the squared response to each cost.
 */
export function exactMovement(
  plan: MovementPlan,
  task: MovementTask,
  sigma: number,
): ExactMovement {
  const { steps, parameterCount: n } = plan;
  const hessian = Matrix.zeros(n, n);
  const linear = Matrix.zeros(n, 1);
  let constant = 0;
  /** Adds weight · E(φᵀθ + b − target + response · noise)². */
  const add = (
    weight: number,
    phi: readonly number[],
    rest: number,
    squaredResponse: number,
  ): void => {
    if (weight === 0) return;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        hessian.set(i, j, hessian.get(i, j) + weight * phi[i] * phi[j]);
      }
      linear.set(i, 0, linear.get(i, 0) - weight * phi[i] * rest);
    }
    constant += weight * (rest * rest + sigma * sigma * squaredResponse);
  };
  let kinematics = startOf(plan);
  for (let t = 0; t < steps; t++) {
    kinematics = moved(plan, kinematics, t);
    const { acceleration, position, velocity } = kinematics;
    add(task.acceleration[t], acceleration.features, acceleration.offset, 1);
    add(task.position[t], position.features, position.offset - task.target[t], position.noise);
    add(task.velocity[t], velocity.features, velocity.offset, velocity.noise);
  }
  const optimum = solve(hessian, linear);
  const returnAt = (theta: ArrayLike<number>): number => {
    const x = Matrix.columnVector(Array.from(theta));
    const square = x.transpose().mmul(hessian).mmul(x).get(0, 0);
    return -(square - 2 * linear.transpose().mmul(x).get(0, 0) + constant);
  };
  return {
    ...{ hessian, linear, constant, returnAt },
    optimum: Float64Array.from(optimum.to1DArray()),
    optimalReturn: returnAt(optimum.to1DArray()),
  };
}

/** featuresᵀθ + offset + noise whose variance is `noise` σ². */
interface Affine {
  readonly features: readonly number[];
  readonly offset: number;
  readonly noise: number;
}

interface Kinematics {
  readonly acceleration: Affine;
  readonly velocity: Affine;
  readonly position: Affine;
}

function startOf({ parameterCount }: MovementPlan): Kinematics {
  const nothing = { features: new Array<number>(parameterCount).fill(0), offset: 0, noise: 0 };
  return { acceleration: nothing, velocity: nothing, position: nothing };
}

/** After step t. An acceleration at step k has moved the position by dt² (t − k + ½) and the velocity by dt. */
function moved(plan: MovementPlan, { velocity, position }: Kinematics, t: number): Kinematics {
  const { dt, parameterCount: n } = plan;
  const acceleration: Affine = {
    features: Array.from(plan.features.subarray(t * n, (t + 1) * n)),
    offset: plan.offset[t],
    noise: 1,
  };
  const sum = (terms: readonly (readonly [number, Affine])[], noise: number): Affine => ({
    features: acceleration.features.map((_, j) =>
      terms.reduce((total, [factor, { features }]) => total + factor * features[j], 0),
    ),
    offset: terms.reduce((total, [factor, { offset }]) => total + factor * offset, 0),
    noise,
  });
  let positionNoise = 0;
  for (let k = 0; k <= t; k++) positionNoise += (dt * dt * (t - k + 0.5)) ** 2;
  return {
    acceleration,
    velocity: sum(
      [
        [1, velocity],
        [dt, acceleration],
      ],
      (t + 1) * dt * dt,
    ),
    position: sum(
      [
        [1, position],
        [dt, velocity],
        [0.5 * dt * dt, acceleration],
      ],
      positionNoise,
    ),
  };
}
