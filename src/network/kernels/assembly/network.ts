// A network on rows [from, to): y, J v and Jᵀu, a tile of rows at a time through all layers.
import { affine, columnSum, outerSum, packPlain, packTransposed } from "./matrix";
import { Layer, layerOf, Net, paddedBytes, TILE } from "./records";
import { activate, applySlope } from "./rows";

/** Rewrites the panels of W after θ has changed; those of the backward pass if `both`. */
export function packParameters(net: Net, theta: usize, both: i32): void {
  for (let l = 0; l < net.depth; l++) {
    const layer = layerOf(net, l);
    const w = theta + layer.weights;
    packTransposed(w, layer.weightStride, layer.outputs, layer.inputs, layer.forward);
    if (both && l > 0) packPlain(w, layer.weightStride, layer.outputs, layer.inputs, layer.backward);
  }
}

/** Rewrites the panels of V for the direction v of a product. */
export function packDirection(net: Net, v: usize): void {
  for (let l = 0; l < net.depth; l++) {
    const layer = layerOf(net, l);
    const w = v + layer.weights;
    packTransposed(w, layer.weightStride, layer.outputs, layer.inputs, layer.tangent);
  }
}

/** S + x Wᵀ for the rows at x, with panels of Wᵀ; S is a bias with stride 0, or C itself. */
@inline
export function through(
  layer: Layer,
  panels: usize,
  count: i32,
  x: usize,
  xStride: usize,
  s: usize,
  sStride: usize,
  c: usize,
  cStride: usize,
): void {
  const inputs = layer.inputs;
  const padded = paddedBytes(inputs) >> 2;
  affine(count, inputs, padded, layer.outputs, x, xStride, panels, s, sStride, c, cStride);
}

/** D ← U W for the rows at u. */
@inline
export function back(net: Net, layer: Layer, count: i32, u: usize, uStride: usize, d: usize): void {
  const outputs = layer.outputs;
  const padded = paddedBytes(outputs) >> 2;
  const panels = layer.backward;
  affine(count, outputs, padded, layer.inputs, u, uStride, panels, net.zeros, 0, d, layer.xStride);
}

/** y ← f(x; θ), all layers kept. */
export function forward(net: Net, theta: usize, from: i32, to: i32): void {
  const last = net.depth - 1;
  for (let t = from; t < to; t += TILE) {
    const count = min(TILE, to - t);
    for (let l = 0; l <= last; l++) {
      const layer = layerOf(net, l);
      const x = layer.x + <usize>t * layer.xStride;
      const y = layer.y + <usize>t * layer.yStride;
      through(layer, layer.forward, count, x, layer.xStride, theta + layer.bias, 0, y, layer.yStride);
      if (l < last) activate(net.activation, count, paddedBytes(layer.outputs), y, layer.yStride);
    }
  }
}

/**
 * out ← J v for `count` rows from row t: ẏ = φ′ ⊙ (W ẋ + V x + c), layer by layer.
 *
 * `out` has the stride of the outputs and must not be the net's first or second tile.
 */
export function tangentTile(net: Net, v: usize, t: i32, count: i32, out: usize): void {
  const last = net.depth - 1;
  let xDot: usize = 0;
  let tile = net.first;
  for (let l = 0; l <= last; l++) {
    const layer = layerOf(net, l);
    const stride = layer.yStride;
    const c = l == last ? out : tile;
    const x = layer.x + <usize>t * layer.xStride;
    through(layer, layer.tangent, count, x, layer.xStride, v + layer.bias, 0, c, stride);
    if (l > 0) through(layer, layer.forward, count, xDot, layer.xStride, c, stride, c, stride);
    if (l < last) {
      const y = layer.y + <usize>t * stride;
      applySlope(net.activation, count, paddedBytes(layer.outputs), c, stride, y, stride);
      xDot = c;
      tile = tile == net.first ? net.second : net.first;
    }
  }
}

/** G ← G + Jᵀ u for `count` rows from row t; `u` has the stride of the outputs, not the net's first tile. */
export function cotangentTile(net: Net, u: usize, t: i32, count: i32, g: usize): void {
  let tile = net.first;
  for (let l = net.depth - 1; l >= 0; l--) {
    const layer = layerOf(net, l);
    const x = layer.x + <usize>t * layer.xStride;
    addOuter(layer, count, u, x, g);
    if (l > 0) {
      back(net, layer, count, u, layer.yStride, tile);
      applySlope(net.activation, count, paddedBytes(layer.inputs), tile, layer.xStride, x, layer.xStride);
      u = tile;
      tile = tile == net.first ? net.second : net.first;
    }
  }
}

/** G ← G + (Σ d xᵀ, Σ d) in the place of this layer. */
@inline
export function addOuter(layer: Layer, count: i32, d: usize, x: usize, g: usize): void {
  const stride = layer.yStride;
  outerSum(count, layer.outputs, layer.inputs, d, stride, x, layer.xStride, g + layer.weights, layer.weightStride);
  columnSum(count, paddedBytes(layer.outputs), d, stride, g + layer.bias);
}

/** out ← J v, the panels of v packed before. */
export function tangent(net: Net, v: usize, out: usize, from: i32, to: i32): void {
  const stride = layerOf(net, net.depth - 1).yStride;
  for (let t = from; t < to; t += TILE) {
    tangentTile(net, v, t, min(TILE, to - t), out + <usize>t * stride);
  }
}

/** G ← G + Jᵀ u. */
export function cotangent(net: Net, u: usize, g: usize, from: i32, to: i32): void {
  const stride = layerOf(net, net.depth - 1).yStride;
  for (let t = from; t < to; t += TILE) {
    cotangentTile(net, u + <usize>t * stride, t, min(TILE, to - t), g);
  }
}
