// Passes over tiles of rows, eight numbers at a time; `bytes` is the padded width of a row.
import { laneSum, madd, relu4, reluSlope4, splat, tanh4, tanhSlope4 } from "./lanes";

/** y ← φ(y). */
export function activate(activation: i32, count: i32, bytes: usize, y: usize, stride: usize): void {
  for (; count > 0; count--) {
    if (activation == 0) {
      for (let k: usize = 0; k < bytes; k += 32) {
        const u = v128.load(y + k), v = v128.load(y + k, 16);
        const a = tanh4(u), b = tanh4(v);
        v128.store(y + k, a);
        v128.store(y + k, b, 16);
      }
    } else {
      for (let k: usize = 0; k < bytes; k += 32) {
        const u = v128.load(y + k), v = v128.load(y + k, 16);
        const a = relu4(u), b = relu4(v);
        v128.store(y + k, a);
        v128.store(y + k, b, 16);
      }
    }
    y += stride;
  }
}

/** d ← d ⊙ φ′, where φ′ is read off y = φ(z). */
export function applySlope(
  activation: i32,
  count: i32,
  bytes: usize,
  d: usize,
  dStride: usize,
  y: usize,
  yStride: usize,
): void {
  for (; count > 0; count--) {
    if (activation == 0) {
      for (let k: usize = 0; k < bytes; k += 32) {
        const d0 = v128.load(d + k), d1 = v128.load(d + k, 16);
        const y0 = v128.load(y + k), y1 = v128.load(y + k, 16);
        const a = tanhSlope4(d0, y0), b = tanhSlope4(d1, y1);
        v128.store(d + k, a);
        v128.store(d + k, b, 16);
      }
    } else {
      for (let k: usize = 0; k < bytes; k += 32) {
        const d0 = v128.load(d + k), d1 = v128.load(d + k, 16);
        const y0 = v128.load(y + k), y1 = v128.load(y + k, 16);
        const a = reluSlope4(d0, y0), b = reluSlope4(d1, y1);
        v128.store(d + k, a);
        v128.store(d + k, b, 16);
      }
    }
    d += dStride;
    y += yStride;
  }
}

/** d ← d ⊙ m. */
export function multiply(count: i32, bytes: usize, d: usize, dStride: usize, m: usize, mStride: usize): void {
  for (; count > 0; count--) {
    for (let k: usize = 0; k < bytes; k += 16) {
      v128.store(d + k, f32x4.mul(v128.load(d + k), v128.load(m + k)));
    }
    d += dStride;
    m += mStride;
  }
}

/** out ← M d with a symmetric matrix for each row: `width` rows of `bytes` bytes. */
export function multiplyDense(
  count: i32,
  width: i32,
  bytes: usize,
  d: usize,
  stride: usize,
  m: usize,
  out: usize,
): void {
  for (; count > 0; count--) {
    for (let k: usize = 0; k < bytes; k += 16) {
      let sum = splat(0);
      let column = m + k;
      for (let j = 0; j < width; j++) {
        sum = madd(v128.load32_splat(d + (<usize>j << 2)), v128.load(column), sum);
        column += bytes;
      }
      v128.store(out + k, sum);
    }
    d += stride;
    out += stride;
    m += <usize>width * bytes;
  }
}

/** sumᵢ ← sumᵢ + aᵢᵀbᵢ, row by row. */
export function addRowDots(
  count: i32,
  bytes: usize,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  sum: usize,
): void {
  for (; count > 0; count--) {
    let s0 = splat(0), s1 = splat(0);
    for (let k: usize = 0; k < bytes; k += 32) {
      s0 = madd(v128.load(a + k), v128.load(b + k), s0);
      s1 = madd(v128.load(a + k, 16), v128.load(b + k, 16), s1);
    }
    store<f32>(sum, load<f32>(sum) + <f32>laneSum(f32x4.add(s0, s1)));
    sum += 4;
    a += aStride;
    b += bStride;
  }
}

/** outᵢ ← cᵢ aᵢ, row by row. */
export function scaleRows(
  count: i32,
  bytes: usize,
  c: usize,
  a: usize,
  aStride: usize,
  out: usize,
  outStride: usize,
): void {
  for (; count > 0; count--) {
    const factor = v128.load32_splat(c);
    for (let k: usize = 0; k < bytes; k += 32) {
      const a0 = v128.load(a + k), a1 = v128.load(a + k, 16);
      v128.store(out + k, f32x4.mul(factor, a0));
      v128.store(out + k, f32x4.mul(factor, a1), 16);
    }
    c += 4;
    a += aStride;
    out += outStride;
  }
}
