// What TypeScript lays out in memory and the kernels read. `plan.ts` writes the same fields in the
// same order, four bytes each; every pointer is a multiple of 64 and every stride is in bytes.

/** One layer y = φ(W x + b) over all rows. */
@unmanaged
export class Layer {
  /** Widths of x and y. */
  inputs: i32;
  outputs: i32;
  /** Rows of x and y, padded with zeros to multiples of eight numbers. */
  x: usize;
  xStride: usize;
  y: usize;
  yStride: usize;
  /** Where W and b lie in a vector of parameters, and the stride of a row of W. */
  weights: usize;
  weightStride: usize;
  bias: usize;
  /** Panels of Wᵀ, of W, and of Vᵀ for the direction V of a product. */
  forward: usize;
  backward: usize;
  tangent: usize;
  /** Rows δ = ∂(bᵀη)/∂(Wx + b) of the cached output Jacobian. */
  delta: usize;
}

/** Bytes of a Layer. */
export const LAYER_BYTES: usize = offsetof<Layer>();

/** A network on a batch. */
@unmanaged
export class Net {
  depth: i32;
  /** 0 for tanh, 1 for ReLU. */
  activation: i32;
  /** The first of `depth` layers. */
  layers: usize;
  /** Three tiles of rows, each as wide as the widest layer. */
  first: usize;
  second: usize;
  third: usize;
  /** As many zeros as the widest layer has numbers. */
  zeros: usize;
  /** One number for each row of a tile. */
  along: usize;
}

@inline
export function layerOf(net: Net, l: i32): Layer {
  return changetype<Layer>(net.layers + <usize>l * LAYER_BYTES);
}

/** Rows that go through all layers together, so that they stay in the cache. */
export const TILE: i32 = 48;

/** Bytes of `count` numbers padded to a multiple of eight. */
@inline
export function paddedBytes(count: i32): usize {
  return (<usize>((count + 7) & ~7)) << 2;
}
