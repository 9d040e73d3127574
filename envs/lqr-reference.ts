import { exp, type GroundTruth, type Policy, type Reference, type Vector } from "../src/index.ts";
import { matrices } from "./lqr-algebra.ts";
import { optimum } from "./lqr-optimum.ts";
import { linearGaussian } from "./lqr-policy.ts";
import { type LqrProblem, requireLqrProblem, withConstant } from "./lqr-problem.ts";
import { valuesOf } from "./lqr-solution.ts";

/**
 * The exact J, J*, ∇J and natural gradient of linear-Gaussian policies on a linear-quadratic
 * problem, over the policy's own θ = (K row-major, b if it has a bias, log σ).
 *
 * Undefined for any other policy. For γ = 1, J is the average reward, and a policy with a bias is
 * undefined too: a bias is the gain of a constant state, see `withConstant`, which never decays. With
 * respect to log σ, ∂J/∂log σ = σ ∂J/∂σ and the natural component is that of σ over σ.
 *
 * @throws RangeError for matrices that do not fit.
 */
export function lqrReference(problem: LqrProblem): Reference {
  const linear = matrices(requireLqrProblem(problem));
  const { n, m } = linear;
  const affine = matrices(withConstant(problem));
  const optima = new Map<number, number>();
  const optimalReturn = (discount: number): number => {
    const known = optima.get(discount) ?? optimum(problem, discount).return;
    optima.set(discount, known);
    return known;
  };
  return (policy, discount) => {
    const layout = layoutOf(policy, n, m);
    if (layout === undefined || (layout.bias && discount === 1)) return undefined;
    const { theta } = policy;
    const sigma = Array.from(theta.subarray(theta.length - m), exp);
    const K = layout.gain(theta);
    const values = valuesOf(layout.bias ? affine : linear, { K, sigma }, discount);
    const truth: GroundTruth = {
      return: values.return,
      optimalReturn: optimalReturn(discount),
      gradient: layout.scatter(values.gradient, (d, j) => d * sigma[j]),
      naturalGradient: layout.scatter(values.naturalGradient, (d, j) => d / sigma[j]),
    };
    return truth;
  };
}

/** How the entries of θ and those of ((K b) row-major, σ) correspond. */
interface Layout {
  readonly bias: boolean;
  /** (K b), or K. */
  gain(theta: Vector): number[][];
  /** Entries over ((K b), σ) in the order of θ, with those of σ turned into those of log σ. */
  scatter(values: readonly number[], toLog: (value: number, j: number) => number): Vector;
}

function layoutOf(policy: Policy, n: number, m: number): Layout | undefined {
  const sizes = linearGaussian(policy);
  if (sizes?.states !== n || sizes.actions !== m) return undefined;
  const { bias } = sizes;
  const gains = m * n;
  const width = bias ? n + 1 : n;
  /** The index in θ of entry (j, i) of (K b). */
  const index = (j: number, i: number): number => (i < n ? j * n + i : gains + j);
  return {
    bias,
    gain: (theta) =>
      Array.from({ length: m }, (_, j) =>
        Array.from({ length: width }, (_, i) => theta[index(j, i)]),
      ),
    scatter: (values, toLog) => {
      const out = new Float64Array(policy.theta.length);
      for (let j = 0; j < m; j++) {
        for (let i = 0; i < width; i++) out[index(j, i)] = values[j * width + i];
        out[out.length - m + j] = toLog(values[m * width + j], j);
      }
      return out;
    },
  };
}
