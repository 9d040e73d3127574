// Arithmetic on four float32 lanes. The builds differ here and in the height of the tiles alone.

/** a·b + c, fused where the build has relaxed SIMD; otherwise the same bits everywhere. */
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** x in all lanes. */
@inline
export function splat(x: f32): v128 {
  return f32x4.splat(x);
}

/** The four lanes summed in float64. */
@inline
export function laneSum(v: v128): f64 {
  return (
    <f64>f32x4.extract_lane(v, 0) +
    <f64>f32x4.extract_lane(v, 1) +
    (<f64>f32x4.extract_lane(v, 2) + <f64>f32x4.extract_lane(v, 3))
  );
}

/**
 * Where tanh rounds to ±1 in the approximation below, then its p and q from the highest power, and
 * 1. In memory, since V8 builds a vector constant anew at each use: that cost more than the arithmetic.
 */
const CONSTANTS = memory.data<f32>([
  7.90531110763549805,
  -7.90531110763549805,
  -2.76076847742355e-16,
  2.00018790482477e-13,
  -8.60467152213735e-11,
  5.12229709037114e-8,
  1.48572235717979e-5,
  6.37261928875436e-4,
  4.89352455891786e-3,
  1.19825839466702e-6,
  1.18534705686654e-4,
  2.268434632439e-3,
  4.89352518554385e-3,
  1,
]);

@inline
function constant(i: usize): v128 {
  return v128.load32_splat(CONSTANTS + (i << 2));
}

/**
 * tanh x = x p(x²)/q(x²) with x clamped to ±7.905: odd degree 13 over even degree 6, as in Eigen.
 *
 * At most 3.5e-7 from tanh in absolute terms and 6 units in the last place; NaN stays NaN, because
 * pmin and pmax return their first operand unless the second is strictly beyond it.
 */
@inline
export function tanh4(v: v128): v128 {
  const x = f32x4.pmax(f32x4.pmin(v, constant(0)), constant(1));
  const x2 = f32x4.mul(x, x);
  let p = madd(constant(2), x2, constant(3));
  p = madd(p, x2, constant(4));
  p = madd(p, x2, constant(5));
  p = madd(p, x2, constant(6));
  p = madd(p, x2, constant(7));
  p = madd(p, x2, constant(8));
  let q = madd(constant(9), x2, constant(10));
  q = madd(q, x2, constant(11));
  q = madd(q, x2, constant(12));
  return f32x4.mul(x, f32x4.div(p, q)); // not xp/q, since xp underflows early
}

/** max(x, 0); NaN stays NaN. */
@inline
export function relu4(v: v128): v128 {
  return f32x4.pmax(v, splat(0));
}

/** d·φ′ for y = φ(z) = tanh z: φ′ = 1 − y². */
@inline
export function tanhSlope4(d: v128, y: v128): v128 {
  return f32x4.mul(d, f32x4.sub(constant(13), f32x4.mul(y, y)));
}

/** d·φ′ for y = φ(z) = max(z, 0): φ′ = 0 where y = 0, else 1, so that NaN stays NaN. */
@inline
export function reluSlope4(d: v128, y: v128): v128 {
  return v128.and(d, f32x4.ne(y, splat(0)));
}
