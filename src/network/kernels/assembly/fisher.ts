// F v = Jᵀ(M (J v)) over rows [from, to), the weights of the rows folded into M; the panels of v are
// packed before, and the result is added to G.
import { back, addOuter, cotangentTile, tangentTile, through } from "./network";
import { layerOf, Net, paddedBytes, TILE } from "./records";
import { addRowDots, applySlope, multiply, multiplyDense, scaleRows } from "./rows";

/** With M diagonal: rows of the outputs' stride at `metric`. */
export function fisherDiagonal(net: Net, v: usize, metric: usize, g: usize, from: i32, to: i32): void {
  const layer = layerOf(net, net.depth - 1);
  const stride = layer.yStride, bytes = paddedBytes(layer.outputs);
  for (let t = from; t < to; t += TILE) {
    const count = min(TILE, to - t);
    tangentTile(net, v, t, count, net.third);
    multiply(count, bytes, net.third, stride, metric + <usize>t * stride, stride);
    cotangentTile(net, net.third, t, count, g);
  }
}

/** With M symmetric: for each row a square, its rows padded, at `metric`. */
export function fisherDense(net: Net, v: usize, metric: usize, g: usize, from: i32, to: i32): void {
  const layer = layerOf(net, net.depth - 1);
  const width = layer.outputs, bytes = paddedBytes(width);
  for (let t = from; t < to; t += TILE) {
    const count = min(TILE, to - t);
    const m = metric + <usize>t * <usize>width * bytes;
    tangentTile(net, v, t, count, net.third);
    multiplyDense(count, width, bytes, net.third, layer.yStride, m, net.second);
    cotangentTile(net, net.second, t, count, g);
  }
}

/**
 * The cached output Jacobian for M = b bᵀ, row by row: with δ of the last layer set to b, those of
 * the others, δₗ ← φ′ ⊙ (Wᵀ δₗ₊₁).
 */
export function cacheJacobian(net: Net, from: i32, to: i32): void {
  for (let t = from; t < to; t += TILE) {
    const count = min(TILE, to - t);
    for (let l = net.depth - 1; l > 0; l--) {
      const layer = layerOf(net, l);
      const stride = layer.xStride;
      const d = layerOf(net, l - 1).delta + <usize>t * stride;
      const x = layer.x + <usize>t * stride;
      back(net, layer, count, layer.delta + <usize>t * layer.yStride, layer.yStride, d);
      applySlope(net.activation, count, paddedBytes(layer.inputs), d, stride, x, stride);
    }
  }
}

/**
 * Rows of `along` ← δᵀ(V x + c) for the last layer, one output after the other: a panel of eight would
 * be idle but for one or two.
 */
function alongOutputs(net: Net, v: usize, t: i32, count: i32): void {
  const layer = layerOf(net, net.depth - 1);
  const bytes = paddedBytes(layer.inputs);
  const x = layer.x + <usize>t * layer.xStride;
  memory.fill(net.along, 0, <usize>TILE << 2);
  for (let o: usize = 0; o < <usize>layer.outputs; o++) {
    const d = layer.delta + <usize>t * layer.yStride + (o << 2);
    memory.fill(net.first, 0, <usize>TILE << 2);
    addRowDots(count, bytes, x, layer.xStride, v + layer.weights + o * layer.weightStride, 0, net.first);
    const c = load<f32>(v + layer.bias + (o << 2));
    for (let i: usize = 0; i < <usize>count; i++) {
      const along = net.along + (i << 2);
      const product = load<f32>(net.first + (i << 2)) + c;
      store<f32>(along, load<f32>(along) + load<f32>(d + i * layer.yStride) * product);
    }
  }
}

/** With M = b bᵀ: F v = Σᵢ jᵢ (jᵢᵀ v), where jᵢ = Jᵢᵀ bᵢ is δₗ xₗᵀ in layer l. */
export function fisherRankOne(net: Net, v: usize, g: usize, from: i32, to: i32): void {
  for (let t = from; t < to; t += TILE) {
    const count = min(TILE, to - t);
    alongOutputs(net, v, t, count);
    for (let l = 0; l < net.depth - 1; l++) {
      const layer = layerOf(net, l);
      const stride = layer.yStride, bytes = paddedBytes(layer.outputs);
      const x = layer.x + <usize>t * layer.xStride;
      const d = layer.delta + <usize>t * stride;
      through(layer, layer.tangent, count, x, layer.xStride, v + layer.bias, 0, net.first, stride);
      addRowDots(count, bytes, net.first, stride, d, stride, net.along);
    }
    for (let l = 0; l < net.depth; l++) {
      const layer = layerOf(net, l);
      const stride = layer.yStride, bytes = paddedBytes(layer.outputs);
      const d = layer.delta + <usize>t * stride;
      scaleRows(count, bytes, net.along, d, stride, net.first, stride);
      addOuter(layer, count, net.first, layer.x + <usize>t * layer.xStride, g);
    }
  }
}
