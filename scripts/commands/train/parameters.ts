import type { Policy } from "../../../src/index.ts";

/** A part of θ: `values` are row-major in `shape`, and follow those of the part before. */
export interface NamedParameters {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** θ by name: K, b and logStd of a linear-Gaussian policy, or theta as a whole for any other. */
export function namedParameters({ network, distribution, theta }: Policy): NamedParameters[] {
  const n = network.inputSize;
  const m = distribution.actionSize;
  const gaussian = distribution.parameterSize === 2 * m && network.outputSize === 2 * m;
  const extra = network.parameterCount - m * n - m;
  const shapes: [string, number[]][] =
    gaussian && (extra === 0 || extra === m)
      ? [["K", [m, n]], ...(extra === m ? [["b", [m]] as [string, number[]]] : []), ["logStd", [m]]]
      : [["theta", [theta.length]]];
  let offset = 0;
  return shapes.map(([name, shape]) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const values = Array.from(theta.subarray(offset, offset + size));
    offset += size;
    return { name, shape, values };
  });
}
