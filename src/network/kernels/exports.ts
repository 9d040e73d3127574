/** The byte offset of something in the memory of the kernels. */
export type Pointer = number;

/** What every build exports: the list of `assembly/index.ts`, where each is explained. */
export interface KernelExports {
  readonly dataEnd: () => Pointer;
  readonly packParameters: (net: Pointer, theta: Pointer, both: number) => void;
  readonly packDirection: (net: Pointer, v: Pointer) => void;
  readonly forward: (net: Pointer, theta: Pointer, from: number, to: number) => void;
  readonly tangent: Product;
  readonly cotangent: Product;
  readonly fisherDiagonal: Product<[metric: Pointer]>;
  readonly fisherDense: Product<[metric: Pointer]>;
  readonly cacheJacobian: (net: Pointer, from: number, to: number) => void;
  readonly fisherRankOne: Product;
  readonly activate: Product;
  readonly dot: (bytes: number, x: Pointer, y: Pointer) => number;
  readonly sumScaled: (...arguments_: SumScaled) => void;
  readonly orthogonalise: (bytes: number, first: Pointer, count: number, x: Pointer) => void;
  readonly scaled: (bytes: number, alpha: number, x: Pointer, out: Pointer) => void;
}

type Product<Extra extends readonly Pointer[] = []> = (
  net: Pointer,
  source: Pointer,
  ...rest: [...Extra, target: Pointer, from: number, to: number]
) => void;

type SumScaled = [bytes: number, x: Pointer, alpha: number, y: Pointer, out: Pointer];
