// Products of whole tiles of rows, cut into register tiles, and the panels that they read.
import { affineRow, affineTile, outerTile } from "./tile";

/** Rows of a register tile; a constant of the build, 4, 6 or 8. */
const HEIGHT: i32 = TILE_HEIGHT;

/** C ← S + A B: `count` rows, `depth` products for each, `panels` of eight columns. */
export function affine(
  count: i32,
  depth: i32,
  panels: i32,
  panelBytes: usize,
  a: usize,
  aStride: usize,
  b: usize,
  s: usize,
  sStride: usize,
  c: usize,
  cStride: usize,
): void {
  for (; panels > 0; panels--) {
    let n = count, ai = a, si = s, ci = c;
    while (n >= HEIGHT) {
      affineFull(depth, ai, aStride, b, si, sStride, ci, cStride);
      n -= HEIGHT;
      ai += aStride * HEIGHT;
      si += sStride * HEIGHT;
      ci += cStride * HEIGHT;
    }
    if (HEIGHT > 4 && n >= 4) {
      affineFour(depth, ai, aStride, b, si, sStride, ci, cStride);
      n -= 4;
      ai += aStride * 4;
      si += sStride * 4;
      ci += cStride * 4;
    }
    if (n >= 2) {
      affineTwo(depth, ai, aStride, b, si, sStride, ci, cStride);
      n -= 2;
      ai += aStride * 2;
      si += sStride * 2;
      ci += cStride * 2;
    }
    if (n > 0) affineOne(depth, ai, b, si, ci);
    b += panelBytes;
    s += 32;
    c += 32;
  }
}

function affineFull(k: i32, a: usize, lda: usize, b: usize, s: usize, lds: usize, c: usize, ldc: usize): void {
  affineTile(HEIGHT, k, a, lda, b, s, lds, c, ldc);
}
function affineFour(k: i32, a: usize, lda: usize, b: usize, s: usize, lds: usize, c: usize, ldc: usize): void {
  affineTile(4, k, a, lda, b, s, lds, c, ldc);
}
function affineTwo(k: i32, a: usize, lda: usize, b: usize, s: usize, lds: usize, c: usize, ldc: usize): void {
  affineTile(2, k, a, lda, b, s, lds, c, ldc);
}
function affineOne(k: i32, a: usize, b: usize, s: usize, c: usize): void {
  affineRow(k, a, b, s, c);
}

/** G ← G + Σₜ dₜ xₜᵀ over `count` rows: `height` components of d, `panels` of eight of x. */
export function outerSum(
  count: i32,
  height: i32,
  panels: i32,
  d: usize,
  dStride: usize,
  x: usize,
  xStride: usize,
  g: usize,
  gStride: usize,
): void {
  for (; panels > 0; panels--) {
    let n = height, di = d, gi = g;
    while (n >= HEIGHT) {
      outerFull(count, di, dStride, x, xStride, gi, gStride);
      n -= HEIGHT;
      di += 4 * HEIGHT;
      gi += gStride * HEIGHT;
    }
    if (HEIGHT > 4 && n >= 4) {
      outerFour(count, di, dStride, x, xStride, gi, gStride);
      n -= 4;
      di += 16;
      gi += gStride * 4;
    }
    if (n >= 2) {
      outerTwo(count, di, dStride, x, xStride, gi, gStride);
      n -= 2;
      di += 8;
      gi += gStride * 2;
    }
    if (n > 0) outerOne(count, di, dStride, x, xStride, gi, gStride);
    x += 32;
    g += 32;
  }
}

function outerFull(n: i32, d: usize, ldd: usize, x: usize, ldx: usize, g: usize, ldg: usize): void {
  outerTile(HEIGHT, n, d, ldd, x, ldx, g, ldg);
}
function outerFour(n: i32, d: usize, ldd: usize, x: usize, ldx: usize, g: usize, ldg: usize): void {
  outerTile(4, n, d, ldd, x, ldx, g, ldg);
}
function outerTwo(n: i32, d: usize, ldd: usize, x: usize, ldx: usize, g: usize, ldg: usize): void {
  outerTile(2, n, d, ldd, x, ldx, g, ldg);
}
function outerOne(n: i32, d: usize, ldd: usize, x: usize, ldx: usize, g: usize, ldg: usize): void {
  outerTile(1, n, d, ldd, x, ldx, g, ldg);
}

/** g ← g + Σₜ dₜ over `count` rows of `bytes` bytes. */
export function columnSum(count: i32, bytes: usize, d: usize, dStride: usize, g: usize): void {
  for (let k: usize = 0; k < bytes; k += 32) {
    let s0 = v128.load(g + k), s1 = v128.load(g + k, 16);
    let row = d + k;
    for (let n = count; n > 0; n--) {
      s0 = f32x4.add(s0, v128.load(row));
      s1 = f32x4.add(s1, v128.load(row, 16));
      row += dStride;
    }
    v128.store(g + k, s0);
    v128.store(g + k, s1, 16);
  }
}

/**
 * Panels of Wᵀ: for each eight rows of W, their entries k after k.
 *
 * W is padded to multiples of eight both ways, so there are no edges: squares of four by four.
 */
export function packTransposed(w: usize, stride: usize, rows: i32, columns: i32, panel: usize): void {
  const bytes = ((<usize>((columns + 7) & ~7)) << 2);
  for (let j = 0; j < rows; j += 8) {
    for (let k: usize = 0; k < bytes; k += 16) {
      transposeSquare(w + k, stride, panel);
      transposeSquare(w + 4 * stride + k, stride, panel + 16);
      panel += 128;
    }
    w += 8 * stride;
  }
}

/** Four rows of four numbers, written as columns 32 bytes apart. */
@inline
function transposeSquare(w: usize, stride: usize, out: usize): void {
  const r0 = v128.load(w), r1 = v128.load(w + stride);
  const r2 = v128.load(w + 2 * stride), r3 = v128.load(w + 3 * stride);
  const t0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), t1 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const t2 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5), t3 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(out, v128.shuffle<f32>(t0, t2, 0, 1, 4, 5));
  v128.store(out, v128.shuffle<f32>(t0, t2, 2, 3, 6, 7), 32);
  v128.store(out, v128.shuffle<f32>(t1, t3, 0, 1, 4, 5), 64);
  v128.store(out, v128.shuffle<f32>(t1, t3, 2, 3, 6, 7), 96);
}

/** Panels of W: for each eight columns of W, its rows one after another. */
export function packPlain(w: usize, stride: usize, rows: i32, columns: i32, panel: usize): void {
  const skip = (<usize>((rows + 7) & ~7) - <usize>rows) << 5;
  for (let j = 0; j < columns; j += 8) {
    let row = w;
    for (let k = 0; k < rows; k++) {
      const low = v128.load(row), high = v128.load(row, 16);
      v128.store(panel, low);
      v128.store(panel, high, 16);
      panel += 32;
      row += stride;
    }
    panel += skip;
    w += 32;
  }
}
