import { reduceAngle } from "./angle.ts";

const EIGHTH_TURN = Math.PI / 4;
const remainder = new Float64Array(2);

/** sin x for any x; NaN for ±∞. Source: fdlibm's s_sin.c and k_sin.c (see LICENSE). */
export function sin(x: number): number {
  if (Math.abs(x) <= EIGHTH_TURN) return sinNearZero(x, 0);
  return Math.abs(x) < Infinity ? turned(reduceAngle(x, remainder)) : NaN;
}

/** cos x for any x; NaN for ±∞. Source: fdlibm's s_cos.c and k_cos.c (see LICENSE). */
export function cos(x: number): number {
  if (Math.abs(x) <= EIGHTH_TURN) return cosNearZero(x, 0);
  return Math.abs(x) < Infinity ? turned(reduceAngle(x, remainder) + 1) : NaN;
}

/** sin(r + quadrant · π/2) for the remainder r of the angle. */
function turned(quadrant: number): number {
  const r = remainder[0];
  const rest = remainder[1];
  const y = (quadrant & 1) === 0 ? sinNearZero(r, rest) : cosNearZero(r, rest);
  return y * (1 - (quadrant & 2));
}

/** sin(x + rest) for |x| ≤ π/4 and a rest below its last place: x − x³/6 + … with fdlibm's coefficients. */
function sinNearZero(x: number, rest: number): number {
  const s = x * x;
  const cube = s * x;
  const high = 2.7557313707070068e-6 + s * (-2.5050760253406863e-8 + s * 1.58969099521155e-10);
  const tail = 0.00833333333332249 + s * (-0.0001984126982985795 + s * high);
  return x - (s * (0.5 * rest - cube * tail) - rest + cube * 0.16666666666666632);
}

/** cos(x + rest), likewise: 1 − x²/2 + x⁴/24 − … */
function cosNearZero(x: number, rest: number): number {
  const s = x * x;
  const half = 0.5 * s;
  const rough = 1 - half;
  const high = -2.7557314351390663e-7 + s * (2.087572321298175e-9 + s * -1.1359647557788195e-11);
  const middle = -0.001388888888887411 + s * (2.480158728947673e-5 + s * high);
  const tail = s * s * (0.0416666666666666 + s * middle);
  return rough + (1 - rough - half + (tail - x * rest));
}
