/** The byte offset of something in the memory of the kernels. */
export type Pointer = number;

/** Rows [from, to) of a batch. */
type Span = [from: number, to: number];

/** What every build exports: the list of `assembly/index.ts`, where each is explained. */
export interface KernelExports {
  readonly dataEnd: () => Pointer;
  readonly packParameters: (net: Pointer, theta: Pointer, both: number) => void;
  readonly packDirection: (net: Pointer, v: Pointer) => void;
  readonly forward: (net: Pointer, theta: Pointer, ...rows: Span) => void;
  readonly tangent: (net: Pointer, v: Pointer, out: Pointer, ...rows: Span) => void;
  readonly cotangent: (net: Pointer, u: Pointer, g: Pointer, ...rows: Span) => void;
  readonly fisherDiagonal: FisherProduct;
  readonly fisherDense: FisherProduct;
  readonly cacheJacobian: (net: Pointer, ...rows: Span) => void;
  readonly fisherRankOne: (net: Pointer, v: Pointer, g: Pointer, ...rows: Span) => void;
  readonly activate: (
    kind: number,
    count: number,
    bytes: number,
    y: Pointer,
    stride: number,
  ) => void;
  readonly dot: (bytes: number, x: Pointer, y: Pointer) => number;
  readonly sumScaled: (bytes: number, x: Pointer, alpha: number, y: Pointer, out: Pointer) => void;
  readonly orthogonalise: (bytes: number, first: Pointer, count: number, x: Pointer) => void;
  readonly scaled: (bytes: number, alpha: number, x: Pointer, out: Pointer) => void;
}

type FisherProduct = (net: Pointer, v: Pointer, metric: Pointer, g: Pointer, ...rows: Span) => void;
