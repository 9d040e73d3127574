// Whole vectors of parameters, `bytes` long, a multiple of 64; their padding is zero and stays so.
import { laneSum, madd, splat } from "./lanes";

/** Bytes that are summed in float32 before the sum goes on in float64. */
const BLOCK: usize = 2048;

/** xᵀy, in float64 from blocks in float32. */
export function dot(bytes: usize, x: usize, y: usize): f64 {
  let sum: f64 = 0;
  for (let i: usize = 0; i < bytes; ) {
    const end = min(bytes, i + BLOCK);
    let s0 = splat(0), s1 = s0, s2 = s0, s3 = s0;
    for (; i < end; i += 64) {
      s0 = madd(v128.load(x + i), v128.load(y + i), s0);
      s1 = madd(v128.load(x + i, 16), v128.load(y + i, 16), s1);
      s2 = madd(v128.load(x + i, 32), v128.load(y + i, 32), s2);
      s3 = madd(v128.load(x + i, 48), v128.load(y + i, 48), s3);
    }
    sum += laneSum(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
  }
  return sum;
}

/** out ← x + α y; `out` may be `x` or `y`. */
export function sumScaled(bytes: usize, x: usize, alpha: f32, y: usize, out: usize): void {
  const a = splat(alpha);
  for (let i: usize = 0; i < bytes; i += 32) {
    const x0 = v128.load(x + i), x1 = v128.load(x + i, 16);
    const y0 = v128.load(y + i), y1 = v128.load(y + i, 16);
    const z0 = madd(a, y0, x0), z1 = madd(a, y1, x1);
    v128.store(out + i, z0);
    v128.store(out + i, z1, 16);
  }
}

/** out ← α x. */
export function scaled(bytes: usize, alpha: f32, x: usize, out: usize): void {
  const a = splat(alpha);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(out + i, f32x4.mul(a, v128.load(x + i)));
}

/** A vector q of `orthogonalise` and its qᵀx. */
@unmanaged
class Projection {
  q: usize;
  along: f64;
}

/**
 * x ← x − Σⱼ (qⱼᵀx) qⱼ for the `count` projections at `first`.
 *
 * All products are taken before x changes, so that each q is read twice only and x stays in the
 * cache from block to block: classical Gram-Schmidt, enough for an x that is nearly orthogonal.
 */
export function orthogonalise(bytes: usize, first: usize, count: i32, x: usize): void {
  const end = first + <usize>count * offsetof<Projection>();
  for (let at = first; at < end; at += offsetof<Projection>()) changetype<Projection>(at).along = 0;
  for (let i: usize = 0; i < bytes; i += BLOCK) {
    const length = min(BLOCK, bytes - i);
    for (let at = first; at < end; at += offsetof<Projection>()) {
      const projection = changetype<Projection>(at);
      projection.along += dot(length, projection.q + i, x + i);
    }
  }
  for (let i: usize = 0; i < bytes; i += BLOCK) {
    const length = min(BLOCK, bytes - i);
    for (let at = first; at < end; at += offsetof<Projection>()) {
      const projection = changetype<Projection>(at);
      sumScaled(length, x + i, -<f32>projection.along, projection.q + i, x + i);
    }
  }
}
