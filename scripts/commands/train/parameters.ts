import { linearGaussian } from "../../../envs/lqr-policy.ts";
import type { Policy } from "../../../src/index.ts";

/** A part of θ: `values` are row-major in `shape`, and follow those of the part before. */
export interface NamedParameters {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** θ by name: K, b and logStd of a linear-Gaussian policy, or theta as a whole for any other. */
export function namedParameters(policy: Policy): NamedParameters[] {
  let offset = 0;
  return shapesOf(policy).map(([name, shape]) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const values = Array.from(policy.theta.subarray(offset, offset + size));
    offset += size;
    return { name, shape, values };
  });
}

function shapesOf(policy: Policy): [name: string, shape: number[]][] {
  const sizes = linearGaussian(policy);
  if (sizes === undefined) return [["theta", [policy.theta.length]]];
  const { states, actions, bias } = sizes;
  return [
    ["K", [actions, states]],
    ...(bias ? [["b", [actions]] as [string, number[]]] : []),
    ["logStd", [actions]],
  ];
}
