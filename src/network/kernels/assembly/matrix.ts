// Products of whole tiles of rows, cut into register tiles and panels. A panel is eight columns, or
// sixteen in builds for 256-bit registers, where a panel of eight may follow at the end.
import { affineRow, affineTile, outerTile } from "./tile";

/** Rows of a register tile, 4 or 6: a constant of the build. */
const HEIGHT: i32 = TILE_HEIGHT;
/** Columns of a panel, 8 or 16: a constant of the build. */
const WIDTH: i32 = PANEL_WIDTH;

/** C ← S + A B: `count` rows, `depth` products each; a panel of B is `padded` entries deep. */
export function affine(
  count: i32,
  depth: i32,
  padded: usize,
  columns: i32,
  a: usize,
  aStride: usize,
  b: usize,
  s: usize,
  sStride: usize,
  c: usize,
  cStride: usize,
): void {
  if (WIDTH == 16) {
    for (; columns > 8; columns -= 16) {
      affineWide(count, depth, a, aStride, b, s, sStride, c, cStride);
      b += padded << 6;
      s += 64;
      c += 64;
    }
  }
  for (; columns > 0; columns -= 8) {
    affineNarrow(count, depth, a, aStride, b, s, sStride, c, cStride);
    b += padded << 5;
    s += 32;
    c += 32;
  }
}

/** Panels of eight columns. */
function affineNarrow(
  n: i32, k: i32, a: usize, lda: usize, b: usize, s: usize, lds: usize, c: usize, ldc: usize,
): void {
  affinePanel(false, n, k, a, lda, b, s, lds, c, ldc);
}

/** Panels of sixteen columns. */
function affineWide(
  n: i32, k: i32, a: usize, lda: usize, b: usize, s: usize, lds: usize, c: usize, ldc: usize,
): void {
  affinePanel(true, n, k, a, lda, b, s, lds, c, ldc);
}

@inline
function affinePanel(
  wide: bool,
  n: i32, k: i32, a: usize, lda: usize, b: usize, s: usize, lds: usize, c: usize, ldc: usize,
): void {
  for (; n >= HEIGHT; n -= HEIGHT) {
    affineTile(HEIGHT, wide, k, a, lda, b, s, lds, c, ldc);
    a += lda * HEIGHT;
    s += lds * HEIGHT;
    c += ldc * HEIGHT;
  }
  if (HEIGHT > 4 && n >= 4) {
    affineTile(4, wide, k, a, lda, b, s, lds, c, ldc);
    n -= 4;
    a += lda * 4;
    s += lds * 4;
    c += ldc * 4;
  }
  if (n >= 2) {
    affineTile(2, wide, k, a, lda, b, s, lds, c, ldc);
    n -= 2;
    a += lda * 2;
    s += lds * 2;
    c += ldc * 2;
  }
  if (n > 0) affineRow(wide, k, a, b, s, c);
}

/** G ← G + Σₜ dₜ xₜᵀ over `count` rows: `height` components of d, `columns` of x. */
export function outerSum(
  count: i32,
  height: i32,
  columns: i32,
  d: usize,
  dStride: usize,
  x: usize,
  xStride: usize,
  g: usize,
  gStride: usize,
): void {
  if (WIDTH == 16) {
    for (; columns > 8; columns -= 16) {
      outerWide(count, height, d, dStride, x, xStride, g, gStride);
      x += 64;
      g += 64;
    }
  }
  for (; columns > 0; columns -= 8) {
    outerNarrow(count, height, d, dStride, x, xStride, g, gStride);
    x += 32;
    g += 32;
  }
}

function outerNarrow(
  t: i32, n: i32, d: usize, ldd: usize, x: usize, ldx: usize, g: usize, ldg: usize,
): void {
  outerPanel(false, t, n, d, ldd, x, ldx, g, ldg);
}

function outerWide(
  t: i32, n: i32, d: usize, ldd: usize, x: usize, ldx: usize, g: usize, ldg: usize,
): void {
  outerPanel(true, t, n, d, ldd, x, ldx, g, ldg);
}

@inline
function outerPanel(
  wide: bool,
  t: i32, n: i32, d: usize, ldd: usize, x: usize, ldx: usize, g: usize, ldg: usize,
): void {
  for (; n >= HEIGHT; n -= HEIGHT) {
    outerTile(HEIGHT, wide, t, d, ldd, x, ldx, g, ldg);
    d += 4 * HEIGHT;
    g += ldg * HEIGHT;
  }
  if (HEIGHT > 4 && n >= 4) {
    outerTile(4, wide, t, d, ldd, x, ldx, g, ldg);
    n -= 4;
    d += 16;
    g += ldg * 4;
  }
  if (n >= 2) {
    outerTile(2, wide, t, d, ldd, x, ldx, g, ldg);
    n -= 2;
    d += 8;
    g += ldg * 2;
  }
  if (n > 0) outerTile(1, wide, t, d, ldd, x, ldx, g, ldg);
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

/** Bytes of one entry of the next panel, with `columns` still to come. */
@inline
function panelPitch(columns: i32): usize {
  return WIDTH == 16 && columns > 8 ? 64 : 32;
}

/**
 * Panels of Wᵀ: for each panel's worth of rows of W, their entries k after k.
 *
 * W is padded to multiples of eight both ways, so there are no edges: squares of four by four.
 */
export function packTransposed(w: usize, stride: usize, rows: i32, columns: i32, panel: usize): void {
  const bytes = (<usize>((columns + 7) & ~7)) << 2;
  while (rows > 0) {
    const pitch = panelPitch(rows);
    for (let k: usize = 0; k < bytes; k += 16) {
      let from = w + k;
      for (let q: usize = 0; q < pitch; q += 16) {
        transposeSquare(from, stride, panel + q, pitch);
        from += 4 * stride;
      }
      panel += 4 * pitch;
    }
    w += (pitch >> 2) * stride;
    rows -= <i32>pitch >> 2;
  }
}

/** Four rows of four numbers, written as columns `pitch` bytes apart. */
@inline
function transposeSquare(w: usize, stride: usize, out: usize, pitch: usize): void {
  const r0 = v128.load(w), r1 = v128.load(w + stride);
  const r2 = v128.load(w + 2 * stride), r3 = v128.load(w + 3 * stride);
  const t0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), t1 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const t2 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5), t3 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(out, v128.shuffle<f32>(t0, t2, 0, 1, 4, 5));
  v128.store(out + pitch, v128.shuffle<f32>(t0, t2, 2, 3, 6, 7));
  v128.store(out + 2 * pitch, v128.shuffle<f32>(t1, t3, 0, 1, 4, 5));
  v128.store(out + 3 * pitch, v128.shuffle<f32>(t1, t3, 2, 3, 6, 7));
}

/** Panels of W: for each panel's worth of columns of W, its rows one after another. */
export function packPlain(w: usize, stride: usize, rows: i32, columns: i32, panel: usize): void {
  const padding = <usize>((rows + 7) & ~7) - <usize>rows;
  while (columns > 0) {
    const pitch = panelPitch(columns);
    let row = w;
    for (let k = 0; k < rows; k++) {
      for (let q: usize = 0; q < pitch; q += 32) {
        const low = v128.load(row + q), high = v128.load(row + q, 16);
        v128.store(panel + q, low);
        v128.store(panel + q, high, 16);
      }
      panel += pitch;
      row += stride;
    }
    panel += padding * pitch;
    w += pitch;
    columns -= <i32>pitch >> 2;
  }
}
