// The two inner loops. A tile of the result is held in registers: up to six rows of eight columns, or
// of sixteen where it is `wide`. `rows` and `wide` are constants at every call, so the compiler drops
// what a tile lacks. There is a single loop over k, and all loads of a row come before its stores, so
// that V8's revectorizer can pair neighbouring registers to 256 bits.
import { madd, splat } from "./lanes";

/**
 * C ← S + A B for `rows` rows of A and S and one panel of B: the panel's columns, k after k.
 *
 * S is a bias with stride 0, or C itself to accumulate.
 */
@inline
export function affineTile(
  rows: i32,
  wide: bool,
  depth: i32,
  a: usize,
  aStride: usize,
  b: usize,
  s: usize,
  sStride: usize,
  c: usize,
  cStride: usize,
): void {
  let a0 = a, s0 = s;
  let c00 = splat(0), c01 = c00, c02 = c00, c03 = c00;
  (c00 = v128.load(s0)), (c01 = v128.load(s0, 16));
  if (wide) (c02 = v128.load(s0, 32)), (c03 = v128.load(s0, 48));
  let a1 = a0 + aStride, s1 = s0 + sStride;
  let c10 = splat(0), c11 = c10, c12 = c10, c13 = c10;
  if (rows > 1) (c10 = v128.load(s1)), (c11 = v128.load(s1, 16));
  if (rows > 1 && wide) (c12 = v128.load(s1, 32)), (c13 = v128.load(s1, 48));
  let a2 = a1 + aStride, s2 = s1 + sStride;
  let c20 = splat(0), c21 = c20, c22 = c20, c23 = c20;
  if (rows > 2) (c20 = v128.load(s2)), (c21 = v128.load(s2, 16));
  if (rows > 2 && wide) (c22 = v128.load(s2, 32)), (c23 = v128.load(s2, 48));
  let a3 = a2 + aStride, s3 = s2 + sStride;
  let c30 = splat(0), c31 = c30, c32 = c30, c33 = c30;
  if (rows > 3) (c30 = v128.load(s3)), (c31 = v128.load(s3, 16));
  if (rows > 3 && wide) (c32 = v128.load(s3, 32)), (c33 = v128.load(s3, 48));
  let a4 = a3 + aStride, s4 = s3 + sStride;
  let c40 = splat(0), c41 = c40, c42 = c40, c43 = c40;
  if (rows > 4) (c40 = v128.load(s4)), (c41 = v128.load(s4, 16));
  if (rows > 4 && wide) (c42 = v128.load(s4, 32)), (c43 = v128.load(s4, 48));
  let a5 = a4 + aStride, s5 = s4 + sStride;
  let c50 = splat(0), c51 = c50, c52 = c50, c53 = c50;
  if (rows > 5) (c50 = v128.load(s5)), (c51 = v128.load(s5, 16));
  if (rows > 5 && wide) (c52 = v128.load(s5, 32)), (c53 = v128.load(s5, 48));
  for (; depth > 0; depth--) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let b2 = b0, b3 = b1;
    if (wide) (b2 = v128.load(b, 32)), (b3 = v128.load(b, 48));
    b += wide ? 64 : 32;
    const e0 = v128.load32_splat(a0);
    (c00 = madd(e0, b0, c00)), (c01 = madd(e0, b1, c01));
    if (wide) (c02 = madd(e0, b2, c02)), (c03 = madd(e0, b3, c03));
    a0 += 4;
    if (rows > 1) {
      const e1 = v128.load32_splat(a1);
      (c10 = madd(e1, b0, c10)), (c11 = madd(e1, b1, c11));
      if (wide) (c12 = madd(e1, b2, c12)), (c13 = madd(e1, b3, c13));
      a1 += 4;
    }
    if (rows > 2) {
      const e2 = v128.load32_splat(a2);
      (c20 = madd(e2, b0, c20)), (c21 = madd(e2, b1, c21));
      if (wide) (c22 = madd(e2, b2, c22)), (c23 = madd(e2, b3, c23));
      a2 += 4;
    }
    if (rows > 3) {
      const e3 = v128.load32_splat(a3);
      (c30 = madd(e3, b0, c30)), (c31 = madd(e3, b1, c31));
      if (wide) (c32 = madd(e3, b2, c32)), (c33 = madd(e3, b3, c33));
      a3 += 4;
    }
    if (rows > 4) {
      const e4 = v128.load32_splat(a4);
      (c40 = madd(e4, b0, c40)), (c41 = madd(e4, b1, c41));
      if (wide) (c42 = madd(e4, b2, c42)), (c43 = madd(e4, b3, c43));
      a4 += 4;
    }
    if (rows > 5) {
      const e5 = v128.load32_splat(a5);
      (c50 = madd(e5, b0, c50)), (c51 = madd(e5, b1, c51));
      if (wide) (c52 = madd(e5, b2, c52)), (c53 = madd(e5, b3, c53));
      a5 += 4;
    }
  }
  putRow(wide, c, c00, c01, c02, c03);
  if (rows > 1) putRow(wide, (c += cStride), c10, c11, c12, c13);
  if (rows > 2) putRow(wide, (c += cStride), c20, c21, c22, c23);
  if (rows > 3) putRow(wide, (c += cStride), c30, c31, c32, c33);
  if (rows > 4) putRow(wide, (c += cStride), c40, c41, c42, c43);
  if (rows > 5) putRow(wide, (c += cStride), c50, c51, c52, c53);
}

/** Eight or sixteen numbers to c. */
@inline
function putRow(wide: bool, c: usize, c0: v128, c1: v128, c2: v128, c3: v128): void {
  v128.store(c, c0);
  v128.store(c, c1, 16);
  if (wide) v128.store(c, c2, 32), v128.store(c, c3, 48);
}

/** The tile of a single row: four sums run side by side, since one alone waits for itself. */
@inline
export function affineRow(wide: bool, depth: i32, a: usize, b: usize, s: usize, c: usize): void {
  if (wide) {
    affineTile(1, true, depth, a, 0, b, s, 0, c, 0);
    return;
  }
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

/** G ← G + Σₜ dₜ xₜᵀ for `rows` components of d and the columns of x. */
@inline
export function outerTile(
  rows: i32,
  wide: bool,
  count: i32,
  d: usize,
  dStride: usize,
  x: usize,
  xStride: usize,
  g: usize,
  gStride: usize,
): void {
  let c00 = splat(0), c01 = c00, c02 = c00, c03 = c00;
  let c10 = splat(0), c11 = c10, c12 = c10, c13 = c10;
  let c20 = splat(0), c21 = c20, c22 = c20, c23 = c20;
  let c30 = splat(0), c31 = c30, c32 = c30, c33 = c30;
  let c40 = splat(0), c41 = c40, c42 = c40, c43 = c40;
  let c50 = splat(0), c51 = c50, c52 = c50, c53 = c50;
  for (; count > 0; count--) {
    const x0 = v128.load(x), x1 = v128.load(x, 16);
    let x2 = x0, x3 = x1;
    if (wide) (x2 = v128.load(x, 32)), (x3 = v128.load(x, 48));
    const e0 = v128.load32_splat(d);
    (c00 = madd(e0, x0, c00)), (c01 = madd(e0, x1, c01));
    if (wide) (c02 = madd(e0, x2, c02)), (c03 = madd(e0, x3, c03));
    if (rows > 1) {
      const e1 = v128.load32_splat(d, 4);
      (c10 = madd(e1, x0, c10)), (c11 = madd(e1, x1, c11));
      if (wide) (c12 = madd(e1, x2, c12)), (c13 = madd(e1, x3, c13));
    }
    if (rows > 2) {
      const e2 = v128.load32_splat(d, 8);
      (c20 = madd(e2, x0, c20)), (c21 = madd(e2, x1, c21));
      if (wide) (c22 = madd(e2, x2, c22)), (c23 = madd(e2, x3, c23));
    }
    if (rows > 3) {
      const e3 = v128.load32_splat(d, 12);
      (c30 = madd(e3, x0, c30)), (c31 = madd(e3, x1, c31));
      if (wide) (c32 = madd(e3, x2, c32)), (c33 = madd(e3, x3, c33));
    }
    if (rows > 4) {
      const e4 = v128.load32_splat(d, 16);
      (c40 = madd(e4, x0, c40)), (c41 = madd(e4, x1, c41));
      if (wide) (c42 = madd(e4, x2, c42)), (c43 = madd(e4, x3, c43));
    }
    if (rows > 5) {
      const e5 = v128.load32_splat(d, 20);
      (c50 = madd(e5, x0, c50)), (c51 = madd(e5, x1, c51));
      if (wide) (c52 = madd(e5, x2, c52)), (c53 = madd(e5, x3, c53));
    }
    d += dStride;
    x += xStride;
  }
  addRow(wide, g, c00, c01, c02, c03);
  if (rows > 1) addRow(wide, (g += gStride), c10, c11, c12, c13);
  if (rows > 2) addRow(wide, (g += gStride), c20, c21, c22, c23);
  if (rows > 3) addRow(wide, (g += gStride), c30, c31, c32, c33);
  if (rows > 4) addRow(wide, (g += gStride), c40, c41, c42, c43);
  if (rows > 5) addRow(wide, (g += gStride), c50, c51, c52, c53);
}

/** The eight or sixteen numbers at g increased. */
@inline
function addRow(wide: bool, g: usize, c0: v128, c1: v128, c2: v128, c3: v128): void {
  const g0 = v128.load(g), g1 = v128.load(g, 16);
  let g2 = g0, g3 = g1;
  if (wide) (g2 = v128.load(g, 32)), (g3 = v128.load(g, 48));
  const h0 = f32x4.add(g0, c0), h1 = f32x4.add(g1, c1);
  const h2 = f32x4.add(g2, c2), h3 = f32x4.add(g3, c3);
  putRow(wide, g, h0, h1, h2, h3);
}
