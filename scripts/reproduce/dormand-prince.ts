/** ẏ = f(y) of an autonomous system. */
export type Field = (y: readonly number[]) => readonly number[];

export interface IntegrationOptions {
  /** The time at which to stop; the start is at 0. */
  readonly until: number;
  /** The error that a step may make in an entry of y: absolute + relative·|y|. */
  readonly relative?: number;
  readonly absolute?: number;
}

/** A solution y(t) for 0 ≤ t ≤ until. */
export interface Trajectory {
  /** 0 and the ends of the steps, the last of them `until`. */
  readonly times: readonly number[];
  /** y(t), of fourth order between the ends of a step. @throws RangeError for a t outside. */
  readonly at: (time: number) => number[];
}

/** The length of the first step, where not all of the time is shorter. */
const FIRST_STEP = 1e-4;
/** Steps that are a smaller share of the time reached are lost in its rounding. */
const SHORTEST = 4 * Number.EPSILON;

/**
 * Solves ẏ = f(y) from y(0) by the Runge-Kutta pair of orders 5 and 4, with error control and dense output.
 *
 * A step is accepted where √(mean (eᵢ/(absolute + relative·|yᵢ|))²) ≤ 1, and the next one is
 * 0.9·error^(−1/5) times as long, by a factor between 0.2 and 5. For systems that are not stiff.
 *
 * Source: Dormand & Prince 1980; Hairer, Nørsett & Wanner 1993, Solving Ordinary Differential Equations
 * I, sections II.4 to II.6. Differs from their DOPRI5: no stabilised control of the step.
 *
 * @throws RangeError for an `until` that is not positive, or where steps become shorter than rounding.
 */
export function integrate(
  field: Field,
  start: readonly number[],
  { until, relative = 1e-9, absolute = 1e-9 }: IntegrationOptions,
): Trajectory {
  if (!(until > 0 && until < Infinity)) {
    throw new RangeError(`integrate: until must be a positive number, got ${until}`);
  }
  const steps: Step[] = [];
  let [time, y, slope] = [0, start, field(start)];
  let length = Math.min(until, FIRST_STEP);
  while (time < until) {
    if (length <= SHORTEST * time) throw new RangeError(ended(time));
    const end = time + length < until ? time + length : until;
    const h = end - time;
    const stages = stagesOf(field, y, slope, h);
    const next = plus(y, h, FIFTH, stages);
    const error = errorNorm(plus(zeros(y), h, ERROR, stages), y, next, { relative, absolute });
    if (error <= 1) {
      steps.push({ from: time, h, rows: denseRows(y, next, h, stages) });
      [time, y, slope] = [end, next, stages[6]];
    }
    // Where the field is not finite the error is NaN: try a shorter step.
    length = h * (error >= 0 ? Math.min(5, Math.max(0.2, 0.9 * error ** -0.2)) : 0.2);
  }
  return trajectoryOf(steps, until);
}

const ended = (time: number): string =>
  `integrate: a step must be longer than rounding, got none at t = ${time}; the solution ends or jumps there`;

/** k₂ … k₇ from k₁ … kᵢ₋₁: kᵢ = f(y + h Σ aᵢⱼkⱼ). The last is f at the end of the step. */
const STAGES: readonly (readonly number[])[] = [
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
/** The solution of fifth order: y + h Σ bⱼkⱼ. */
const FIFTH = STAGES[5];
/** Fifth less fourth order. */
const ERROR = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];
/** The last coefficient of the dense output. */
const DENSE = [
  -12715105075 / 11282082432,
  0,
  87487479700 / 32700410799,
  -10690763975 / 1880347072,
  701980252875 / 199316789632,
  -1453857185 / 822651844,
  69997945 / 29380423,
];

type Rows = readonly (readonly number[])[];

/** An accepted step and the five rows of its polynomial. */
interface Step {
  readonly from: number;
  readonly h: number;
  readonly rows: Rows;
}

function stagesOf(field: Field, y: readonly number[], slope: readonly number[], h: number): Rows {
  const stages = [slope];
  for (const weights of STAGES) stages.push(field(plus(y, h, weights, stages)));
  return stages;
}

/** y + h Σ wⱼkⱼ. */
function plus(y: readonly number[], h: number, weights: readonly number[], stages: Rows): number[] {
  return y.map((value, i) => value + h * weights.reduce((sum, w, j) => sum + w * stages[j][i], 0));
}

function zeros(y: readonly number[]): number[] {
  return y.map(() => 0);
}

function errorNorm(
  error: readonly number[],
  y: readonly number[],
  next: readonly number[],
  { relative, absolute }: { readonly relative: number; readonly absolute: number },
): number {
  const squares = error.map((value, i) => {
    const allowed = absolute + relative * Math.max(Math.abs(y[i]), Math.abs(next[i]));
    return (value / allowed) ** 2;
  });
  return Math.sqrt(squares.reduce((sum, value) => sum + value, 0) / squares.length);
}

/** y(t + xh) = r₀ + x(r₁ + (1 − x)(r₂ + x(r₃ + (1 − x)r₄))); Hairer et al., section II.6. */
function denseRows(y: readonly number[], next: readonly number[], h: number, stages: Rows): Rows {
  const change = next.map((value, i) => value - y[i]);
  const bend = change.map((value, i) => h * stages[0][i] - value);
  const twist = change.map((value, i) => value - h * stages[6][i] - bend[i]);
  return [y, change, bend, twist, plus(zeros(y), h, DENSE, stages)];
}

function trajectoryOf(steps: readonly Step[], until: number): Trajectory {
  const ends = steps.map(({ from, h }) => from + h);
  return {
    times: [0, ...ends.slice(0, -1), until],
    at: (time) => {
      if (!(time >= 0 && time <= until)) {
        throw new RangeError(`integrate: time must lie in [0, ${until}], got ${time}`);
      }
      const { from, h, rows } = steps[stepAt(steps, time)];
      const [r0, r1, r2, r3, r4] = rows;
      const x = (time - from) / h;
      const z = 1 - x;
      return r0.map((value, i) => value + x * (r1[i] + z * (r2[i] + x * (r3[i] + z * r4[i]))));
    },
  };
}

/** The last step that begins at or before a time, by bisection. */
function stepAt(steps: readonly Step[], time: number): number {
  let [low, high] = [0, steps.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (steps[middle].from <= time) low = middle;
    else high = middle - 1;
  }
  return low;
}
