// The two inner loops. A tile is up to eight rows by eight columns of the result, held in registers:
// `rows` is a constant at every call, so the compiler drops the rows that a smaller tile lacks. Both
// loads of a row come before both stores, and there is a single loop over k: V8 can then pair the two
// halves into 256-bit registers.
import { madd, splat } from "./lanes";

/**
 * C ← S + A B for `rows` rows of A and S and one panel of B: B's eight columns, k after k.
 *
 * S is a bias with stride 0, or C itself to accumulate.
 */
@inline
export function affineTile(
  rows: i32,
  depth: i32,
  a: usize,
  aStride: usize,
  b: usize,
  s: usize,
  sStride: usize,
  c: usize,
  cStride: usize,
): void {
  let c00 = v128.load(s), c01 = v128.load(s, 16);
  let s1 = s + sStride, a1 = a + aStride;
  let c10 = splat(0), c11 = c10;
  if (rows > 1) (c10 = v128.load(s1)), (c11 = v128.load(s1, 16));
  let s2 = s1 + sStride, a2 = a1 + aStride;
  let c20 = splat(0), c21 = c20;
  if (rows > 2) (c20 = v128.load(s2)), (c21 = v128.load(s2, 16));
  let s3 = s2 + sStride, a3 = a2 + aStride;
  let c30 = splat(0), c31 = c30;
  if (rows > 3) (c30 = v128.load(s3)), (c31 = v128.load(s3, 16));
  let s4 = s3 + sStride, a4 = a3 + aStride;
  let c40 = splat(0), c41 = c40;
  if (rows > 4) (c40 = v128.load(s4)), (c41 = v128.load(s4, 16));
  let s5 = s4 + sStride, a5 = a4 + aStride;
  let c50 = splat(0), c51 = c50;
  if (rows > 5) (c50 = v128.load(s5)), (c51 = v128.load(s5, 16));
  let s6 = s5 + sStride, a6 = a5 + aStride;
  let c60 = splat(0), c61 = c60;
  if (rows > 6) (c60 = v128.load(s6)), (c61 = v128.load(s6, 16));
  let s7 = s6 + sStride, a7 = a6 + aStride;
  let c70 = splat(0), c71 = c70;
  if (rows > 7) (c70 = v128.load(s7)), (c71 = v128.load(s7, 16));
  for (; depth > 0; depth--) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    b += 32;
    const e0 = v128.load32_splat(a);
    c00 = madd(e0, b0, c00);
    c01 = madd(e0, b1, c01);
    a += 4;
    if (rows > 1) {
      const e1 = v128.load32_splat(a1);
      c10 = madd(e1, b0, c10);
      c11 = madd(e1, b1, c11);
      a1 += 4;
    }
    if (rows > 2) {
      const e2 = v128.load32_splat(a2);
      c20 = madd(e2, b0, c20);
      c21 = madd(e2, b1, c21);
      a2 += 4;
    }
    if (rows > 3) {
      const e3 = v128.load32_splat(a3);
      c30 = madd(e3, b0, c30);
      c31 = madd(e3, b1, c31);
      a3 += 4;
    }
    if (rows > 4) {
      const e4 = v128.load32_splat(a4);
      c40 = madd(e4, b0, c40);
      c41 = madd(e4, b1, c41);
      a4 += 4;
    }
    if (rows > 5) {
      const e5 = v128.load32_splat(a5);
      c50 = madd(e5, b0, c50);
      c51 = madd(e5, b1, c51);
      a5 += 4;
    }
    if (rows > 6) {
      const e6 = v128.load32_splat(a6);
      c60 = madd(e6, b0, c60);
      c61 = madd(e6, b1, c61);
      a6 += 4;
    }
    if (rows > 7) {
      const e7 = v128.load32_splat(a7);
      c70 = madd(e7, b0, c70);
      c71 = madd(e7, b1, c71);
      a7 += 4;
    }
  }
  v128.store(c, c00), v128.store(c, c01, 16);
  if (rows > 1) (c += cStride), v128.store(c, c10), v128.store(c, c11, 16);
  if (rows > 2) (c += cStride), v128.store(c, c20), v128.store(c, c21, 16);
  if (rows > 3) (c += cStride), v128.store(c, c30), v128.store(c, c31, 16);
  if (rows > 4) (c += cStride), v128.store(c, c40), v128.store(c, c41, 16);
  if (rows > 5) (c += cStride), v128.store(c, c50), v128.store(c, c51, 16);
  if (rows > 6) (c += cStride), v128.store(c, c60), v128.store(c, c61, 16);
  if (rows > 7) (c += cStride), v128.store(c, c70), v128.store(c, c71, 16);
}

/** The tile of a single row: four sums run side by side, since one alone waits for itself. */
@inline
export function affineRow(depth: i32, a: usize, b: usize, s: usize, c: usize): void {
  let c00 = v128.load(s), c01 = v128.load(s, 16);
  let c10 = splat(0), c11 = c10, c20 = c10, c21 = c10, c30 = c10, c31 = c10;
  for (; depth >= 4; depth -= 4) {
    const e0 = v128.load32_splat(a, 0);
    c00 = madd(e0, v128.load(b, 0), c00);
    c01 = madd(e0, v128.load(b, 16), c01);
    const e1 = v128.load32_splat(a, 4);
    c10 = madd(e1, v128.load(b, 32), c10);
    c11 = madd(e1, v128.load(b, 48), c11);
    const e2 = v128.load32_splat(a, 8);
    c20 = madd(e2, v128.load(b, 64), c20);
    c21 = madd(e2, v128.load(b, 80), c21);
    const e3 = v128.load32_splat(a, 12);
    c30 = madd(e3, v128.load(b, 96), c30);
    c31 = madd(e3, v128.load(b, 112), c31);
    a += 16;
    b += 128;
  }
  for (; depth > 0; depth--) {
    const e = v128.load32_splat(a);
    c00 = madd(e, v128.load(b), c00);
    c01 = madd(e, v128.load(b, 16), c01);
    a += 4;
    b += 32;
  }
  v128.store(c, f32x4.add(f32x4.add(c00, c10), f32x4.add(c20, c30)));
  v128.store(c, f32x4.add(f32x4.add(c01, c11), f32x4.add(c21, c31)), 16);
}

/** G ← G + Σₜ dₜ xₜᵀ for `rows` components of d and eight of x. */
@inline
export function outerTile(
  rows: i32,
  count: i32,
  d: usize,
  dStride: usize,
  x: usize,
  xStride: usize,
  g: usize,
  gStride: usize,
): void {
  let c00 = splat(0), c01 = splat(0);
  let c10 = splat(0), c11 = splat(0);
  let c20 = splat(0), c21 = splat(0);
  let c30 = splat(0), c31 = splat(0);
  let c40 = splat(0), c41 = splat(0);
  let c50 = splat(0), c51 = splat(0);
  let c60 = splat(0), c61 = splat(0);
  let c70 = splat(0), c71 = splat(0);
  for (; count > 0; count--) {
    const x0 = v128.load(x), x1 = v128.load(x, 16);
    const e0 = v128.load32_splat(d, 0);
    c00 = madd(e0, x0, c00);
    c01 = madd(e0, x1, c01);
    if (rows > 1) {
      const e1 = v128.load32_splat(d, 4);
      c10 = madd(e1, x0, c10);
      c11 = madd(e1, x1, c11);
    }
    if (rows > 2) {
      const e2 = v128.load32_splat(d, 8);
      c20 = madd(e2, x0, c20);
      c21 = madd(e2, x1, c21);
    }
    if (rows > 3) {
      const e3 = v128.load32_splat(d, 12);
      c30 = madd(e3, x0, c30);
      c31 = madd(e3, x1, c31);
    }
    if (rows > 4) {
      const e4 = v128.load32_splat(d, 16);
      c40 = madd(e4, x0, c40);
      c41 = madd(e4, x1, c41);
    }
    if (rows > 5) {
      const e5 = v128.load32_splat(d, 20);
      c50 = madd(e5, x0, c50);
      c51 = madd(e5, x1, c51);
    }
    if (rows > 6) {
      const e6 = v128.load32_splat(d, 24);
      c60 = madd(e6, x0, c60);
      c61 = madd(e6, x1, c61);
    }
    if (rows > 7) {
      const e7 = v128.load32_splat(d, 28);
      c70 = madd(e7, x0, c70);
      c71 = madd(e7, x1, c71);
    }
    d += dStride;
    x += xStride;
  }
  addPair(g, c00, c01);
  if (rows > 1) addPair((g += gStride), c10, c11);
  if (rows > 2) addPair((g += gStride), c20, c21);
  if (rows > 3) addPair((g += gStride), c30, c31);
  if (rows > 4) addPair((g += gStride), c40, c41);
  if (rows > 5) addPair((g += gStride), c50, c51);
  if (rows > 6) addPair((g += gStride), c60, c61);
  if (rows > 7) addPair((g += gStride), c70, c71);
}

/** The eight numbers at g increased by (low, high). */
@inline
function addPair(g: usize, low: v128, high: v128): void {
  const g0 = v128.load(g), g1 = v128.load(g, 16);
  const h0 = f32x4.add(g0, low), h1 = f32x4.add(g1, high);
  v128.store(g, h0);
  v128.store(g, h1, 16);
}
