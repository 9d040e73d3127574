import type { GroundTruth, Policy, Reference, Vector } from "../src/index.ts";
import { matrices } from "./lqr-algebra.ts";
import { optimum } from "./lqr-optimum.ts";
import { linearGaussian } from "./lqr-policy.ts";
import { type LqrProblem, requireLqrProblem, withConstant } from "./lqr-problem.ts";
import { valuesOf } from "./lqr-solution.ts";

/**
 * The exact J, J*, ∇J and natural gradient of linear-Gaussian policies on a linear-quadratic
 * problem, over the policy's own θ = (K row-major, b if it has a bias, ξ), whatever σ(ξ) is.
 *
 * Undefined for any other policy. For γ = 1, J is the average reward, and a policy with a bias is
 * undefined too: a bias is the gain of a constant state, see `withConstant`, which never decays. With
 * respect to ξ, ∂J/∂ξ = σ′ ∂J/∂σ and the natural component is that of σ over σ′, σ′ = dσ/dξ.
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
    const { sigma, slope } = layout;
    const K = layout.gain(policy.theta);
    const values = valuesOf(layout.bias ? affine : linear, { K, sigma }, discount);
    const truth: GroundTruth = {
      return: values.return,
      optimalReturn: optimalReturn(discount),
      gradient: layout.scatter(values.gradient, (d, j) => d * slope[j]),
      naturalGradient: layout.scatter(values.naturalGradient, (d, j) => d / slope[j]),
    };
    return truth;
  };
}

/** How the entries of θ and those of ((K b) row-major, σ) correspond. */
interface Layout {
  readonly bias: boolean;
  readonly sigma: readonly number[];
  /** dσ/dξ. */
  readonly slope: readonly number[];
  /** (K b), or K. */
  gain(theta: Vector): number[][];
  /** Entries over ((K b), σ) in the order of θ, with those of σ turned into those of ξ. */
  scatter(values: readonly number[], toXi: (value: number, j: number) => number): Vector;
}

function layoutOf(policy: Policy, n: number, m: number): Layout | undefined {
  const parts = linearGaussian(policy);
  if (parts?.states !== n || parts.actions !== m) return undefined;
  const { bias, sigma, rate } = parts;
  const gains = m * n;
  const width = bias ? n + 1 : n;
  /** The index in θ of entry (j, i) of (K b). */
  const index = (j: number, i: number): number => (i < n ? j * n + i : gains + j);
  return {
    bias,
    sigma,
    slope: sigma.map((value, j) => value * rate[j]),
    gain: (theta) =>
      Array.from({ length: m }, (_, j) =>
        Array.from({ length: width }, (_, i) => theta[index(j, i)]),
      ),
    scatter: (values, toXi) => {
      const out = new Float64Array(policy.theta.length);
      for (let j = 0; j < m; j++) {
        for (let i = 0; i < width; i++) out[index(j, i)] = values[j * width + i];
        out[out.length - m + j] = toXi(values[m * width + j], j);
      }
      return out;
    },
  };
}
