/** A movement of one joint, planned open loop: its acceleration at step t is φₜᵀθ + bₜ. */
export interface MovementPlan {
  readonly steps: number;
  /** Seconds a step. */
  readonly dt: number;
  readonly parameterCount: number;
  /** φₜ in row t, row-major. */
  readonly features: Float64Array;
  /** bₜ. */
  readonly offset: Float64Array;
}

/** 40 steps of 25 ms; the source states neither. */
export const STEPS = 40;
export const DT = 0.025;

/** Where the joint is to be, rad; it starts at 0, at rest. */
export const GOAL = 1;

/**
 * The plan of a velocity profile that is affine in θ, given at the ends of the steps: the
 * acceleration held over a step is the rise of the velocity there.
 */
export function planOf(
  parameterCount: number,
  velocities: (theta: Float64Array) => Float64Array,
): MovementPlan {
  const theta = new Float64Array(parameterCount);
  const accelerations = (): Float64Array => {
    const v = velocities(theta);
    return Float64Array.from({ length: STEPS }, (_, t) => (v[t + 1] - v[t]) / DT);
  };
  const offset = accelerations();
  const features = new Float64Array(STEPS * parameterCount);
  for (let j = 0; j < parameterCount; j++) {
    theta[j] = 1;
    const response = accelerations();
    theta[j] = 0;
    for (let t = 0; t < STEPS; t++) features[t * parameterCount + j] = response[t] - offset[t];
  }
  return { steps: STEPS, dt: DT, parameterCount, features, offset };
}

/** How many cubic pieces a spline has. */
export const PIECES = 6;

/**
 * Six cubic pieces that join with equal position and velocity, from rest at 0 to rest at the goal:
 * θ holds the position and the velocity at each of the 5 knots inside, 10 free parameters.
 */
export function splinePlan(): MovementPlan {
  return planOf(2 * (PIECES - 1), (theta) => {
    const duration = (STEPS * DT) / PIECES;
    const knot = (k: number): [position: number, velocity: number] => {
      if (k === 0) return [0, 0];
      return k === PIECES ? [GOAL, 0] : [theta[2 * k - 2], theta[2 * k - 1]];
    };
    return Float64Array.from({ length: STEPS + 1 }, (_, i) => {
      const time = (i * DT) / duration;
      const k = Math.min(Math.floor(time + 1e-9), PIECES - 1);
      return hermiteVelocity(knot(k), knot(k + 1), time - k, duration);
    });
  });
}

/** The velocity at s ∈ [0, 1] of the cubic between two knots, `duration` seconds apart. */
function hermiteVelocity(
  [p0, v0]: readonly [number, number],
  [p1, v1]: readonly [number, number],
  s: number,
  duration: number,
): number {
  const rise = (6 * s - 6 * s * s) * ((p1 - p0) / duration);
  return rise + (1 - 4 * s + 3 * s * s) * v0 + (3 * s * s - 2 * s) * v1;
}

/** Basis functions of a motor primitive. */
const BASES = 10;
/** Gains of the canonical and the transformed system, critically damped, and of the goal, 1/s. */
const GAIN = 25;
const STIFFNESS = GAIN / 4;
const GOAL_GAIN = GAIN / 2;
/** Sub-steps of the integration of one step. */
const SUBSTEPS = 10;

/**
 * A discrete motor primitive with 10 basis functions, whose weights are θ:
 *
 * v̇ = α(β(1 − x) − v), ẋ = v; ż = α(β(s − y) − z), ẏ = z + f, ṡ = αₛ(g − s),
 * f = Σᵢ ψᵢ θᵢ v / Σᵢ ψᵢ, ψᵢ = exp(−hᵢ (x − cᵢ)²), from x = v = y = z = s = 0.
 *
 * The centres are where x is at equal times over the first half, and a function falls to e^(−½) half
 * way to the next. Source: Peters & Schaal 2008, Neural Networks 21:682-697, appendix, whose form it
 * has; the constants are not stated there.
 */
export function primitivePlan(): MovementPlan {
  const bases = basisFunctions();
  return planOf(BASES, (theta) => {
    const { velocities } = integrate((x, v) => {
      let [weighted, total] = [0, 0];
      bases.forEach(({ centre, width }, i) => {
        const psi = Math.exp(-width * (x - centre) ** 2);
        weighted += psi * theta[i];
        total += psi;
      });
      return (weighted * v) / total;
    });
    return velocities;
  });
}

function basisFunctions(): { readonly centre: number; readonly width: number }[] {
  const { phases } = integrate(() => 0);
  const last = STEPS / 2;
  const centres = Array.from({ length: BASES }, (_, i) => phases[Math.round((i * last) / BASES)]);
  return centres.map((centre, i) => {
    const half = ((centres.at(i + 1) ?? 1) - centre) / 2;
    return { centre, width: 1 / (2 * half * half) };
  });
}

/** The primitive under a forcing function f(x, v), by the classical Runge-Kutta method. */
function integrate(force: (x: number, v: number) => number): {
  readonly velocities: Float64Array;
  readonly phases: Float64Array;
} {
  const h = DT / SUBSTEPS;
  const rate = ([x, v, y, z, s]: readonly number[]): number[] => [
    v,
    GAIN * (STIFFNESS * (1 - x) - v),
    z + force(x, v),
    GAIN * (STIFFNESS * (s - y) - z),
    GOAL_GAIN * (GOAL - s),
  ];
  const moved = (state: readonly number[], by: number, slope: readonly number[]): number[] =>
    state.map((value, i) => value + by * slope[i]);
  const velocities = new Float64Array(STEPS + 1);
  const phases = new Float64Array(STEPS + 1);
  let state = [0, 0, 0, 0, 0];
  for (let t = 0; t <= STEPS; t++) {
    velocities[t] = rate(state)[2];
    phases[t] = state[0];
    for (let k = 0; k < SUBSTEPS; k++) {
      const k1 = rate(state);
      const k2 = rate(moved(state, h / 2, k1));
      const k3 = rate(moved(state, h / 2, k2));
      const k4 = rate(moved(state, h, k3));
      state = state.map((value, i) => value + (h / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]));
    }
  }
  return { velocities, phases };
}
