import { Matrix } from "ml-matrix";
import type { ActionValue, Policy, Vector } from "../src/index.ts";
import { matrices, type System, trace, valueMatrix } from "./lqr-algebra.ts";
import { layoutOf } from "./lqr-policy.ts";
import {
  type LqrProblem,
  requireDiscount,
  requireLqrProblem,
  withConstant,
} from "./lqr-problem.ts";
import { valuesOf } from "./lqr-solution.ts";

/**
 * The exact Q(s, a) = r(s, a) + γ E V(s′) of a linear-Gaussian policy on a linear-quadratic problem, for
 * returns without end, at whatever θ the policy has: with V(s) = −sᵀPs − c and s̄ = As + Ba,
 * Q = −sᵀQs − aᵀRa − γ(s̄ᵀPs̄ + tr PW + c). A policy with a bias has the constant state 1 besides.
 *
 * NaN where J = −∞. γ must be below 1.
 *
 * @throws RangeError for matrices that do not fit, a policy that is not linear-Gaussian over the
 *   problem, or γ outside [0, 1).
 */
export function lqrActionValue(problem: LqrProblem, policy: Policy, discount: number): ActionValue {
  const linear = matrices(requireLqrProblem(problem));
  requireDiscount(discount);
  if (discount === 1) {
    throw new RangeError("lqrActionValue: discount must be below 1, got 1; take one just below it");
  }
  const layout = layoutOf(policy, linear.n, linear.m);
  if (layout === undefined) {
    throw new RangeError(
      "lqrActionValue: the policy must be linear-Gaussian over the problem's states and actions, got another; make it with policyFor and without hidden layers",
    );
  }
  const system = layout.bias ? matrices(withConstant(problem)) : linear;

  return {
    predict: ({ count, width, data: s }, { width: m, data: a }, out) => {
      const { sigma } = layoutOf(policy, linear.n, linear.m) ?? layout;
      const form = quadraticForm(system, { K: layout.gain(policy.theta), sigma }, discount);
      const x = new Float64Array(system.n + m).fill(1);
      for (let i = 0; i < count; i++) {
        for (let k = 0; k < width; k++) x[k] = s[i * width + k];
        for (let k = 0; k < m; k++) x[system.n + k] = a[i * m + k];
        out[i] = form.constant - quadratic(form.matrix, x);
      }
    },
  };
}

/** Q(s, a) as c₀ − xᵀGx with x = (s, a). */
function quadraticForm(
  system: System,
  policy: { readonly K: number[][]; readonly sigma: readonly number[] },
  gamma: number,
): { readonly matrix: Matrix; readonly constant: number } {
  const { n, m, A, B, Q, R, W, M0 } = system;
  const { stable, return: J } = valuesOf(system, policy, gamma);
  if (!stable) return { matrix: Matrix.zeros(n + m, n + m), constant: NaN };
  const P = valueMatrix(system, new Matrix(policy.K), gamma);
  const next = Matrix.zeros(n, n + m)
    .setSubMatrix(A, 0, 0)
    .setSubMatrix(B, 0, n);
  const matrix = next.transpose().mmul(P).mmul(next).mul(gamma);
  matrix.add(
    Matrix.zeros(n + m, n + m)
      .setSubMatrix(Q, 0, 0)
      .setSubMatrix(R, n, n),
  );
  // J = −tr PM₀ − c
  const c = -J - trace(P, M0);
  return { matrix, constant: -gamma * (trace(P, W) + c) };
}

function quadratic(G: Matrix, x: Vector): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < x.length; j++) sum += x[i] * G.get(i, j) * x[j];
  }
  return sum;
}
