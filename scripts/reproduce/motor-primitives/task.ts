import { createRandom, type Environment } from "../../../src/index.ts";
import { DT, GOAL, type MovementPlan, STEPS } from "./movement.ts";

/** What a movement costs: after step t, (accelerationₜ) a² + (positionₜ)(q − targetₜ)² + (velocityₜ) q̇². */
export interface MovementTask {
  readonly name: string;
  readonly acceleration: Float64Array;
  readonly position: Float64Array;
  readonly target: Float64Array;
  readonly velocity: Float64Array;
}

const costs = (of: (t: number) => number): Float64Array =>
  Float64Array.from({ length: STEPS }, (_, t) => of(t));
const isLate = (t: number): boolean => t >= STEPS / 2;

/**
 * Minimum motor command, with c₁ = 1/100 and c₂ = 1000: −Σ c₁ q̈² over the first half,
 * −Σ c₂ [(q − g)² + q̇²] over the second. Source: Peters & Schaal 2008, eq. 51.
 */
export const minimumCommand: MovementTask = {
  name: "minimum command",
  acceleration: costs((t) => (isLate(t) ? 0 : 1 / 100)),
  position: costs((t) => (isLate(t) ? 1000 : 0)),
  target: costs(() => GOAL),
  velocity: costs((t) => (isLate(t) ? 1000 : 0)),
};

/** The step after which the joint is to pass the point, 7/20 of the movement. */
const VIA_STEP = (7 * STEPS) / 20;
const VIA_POINT = 0.5;

/**
 * Passing through q = ½ after 7/20 of the movement, with c̃₁ = 1, c̃₂ = 20 and c̃₃ = 20 000:
 * −Σ c̃₁ q̈² over the first half, −Σ c̃₂ [(q − g)² + q̇²] over the second, −c̃₃ (q − ½)² at the point.
 * Source: Peters & Schaal 2008, eq. 52.
 */
export const viaPoint: MovementTask = {
  name: "via point",
  acceleration: costs((t) => (isLate(t) || t === VIA_STEP - 1 ? 0 : 1)),
  position: costs((t) => (t === VIA_STEP - 1 ? 20_000 : isLate(t) ? 20 : 0)),
  target: costs((t) => (t === VIA_STEP - 1 ? VIA_POINT : GOAL)),
  velocity: costs((t) => (isLate(t) ? 20 : 0)),
};

/**
 * The movement as an environment: the state is (q, q̇, t), the observation φₜ, and the action what is
 * added to the offset bₜ of the plan to give the acceleration, rad/s², held over the step. A Gaussian
 * policy with mean φₜᵀθ thus executes the plan of θ with exploration on the acceleration.
 */
export function movement(plan: MovementPlan, task: MovementTask): Environment {
  const { parameterCount: width, features, offset } = plan;
  return {
    name: `movement: ${task.name}`,
    stateSize: 3,
    observationSize: width,
    actionSpace: { kind: "box", low: [-Infinity], high: [Infinity] },
    horizon: STEPS,
    reset: (s) => void s.fill(0),
    step: (s, action) => {
      const t = s[2];
      const a = action[0] + offset[t];
      s[0] += DT * s[1] + 0.5 * DT * DT * a;
      s[1] += DT * a;
      s[2] = t + 1;
      const miss = s[0] - task.target[t];
      return -(
        task.acceleration[t] * a * a +
        task.position[t] * miss * miss +
        task.velocity[t] * s[1] * s[1]
      );
    },
    observe: (s, o) => {
      const row = Math.min(s[2], STEPS - 1) * width;
      for (let j = 0; j < width; j++) o[j] = features[row + j];
    },
    isTerminal: (s) => s[2] >= STEPS,
  };
}

/** The positions of the movement of θ without exploration, after each step. */
export function positionsOf(plan: MovementPlan, theta: ArrayLike<number>): Float64Array {
  const environment = movement(plan, minimumCommand);
  const state = new Float64Array(3);
  const random = createRandom(0);
  const positions = new Float64Array(STEPS + 1);
  for (let t = 0; t < STEPS; t++) {
    let mean = 0;
    for (let j = 0; j < plan.parameterCount; j++) {
      mean += plan.features[t * plan.parameterCount + j] * theta[j];
    }
    environment.step(state, Float64Array.of(mean), random);
    positions[t + 1] = state[0];
  }
  return positions;
}
