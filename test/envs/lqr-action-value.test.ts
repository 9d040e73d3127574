import { describe, expect, it } from "vitest";
import { lqr, lqrActionValue, type LqrProblem, lqrReference } from "../../envs/index.ts";
import { createRandom, mlp, type Policy, policyFor, rowsFrom } from "../../src/index.ts";
import { gaussHermite } from "../../src/math/gauss-hermite.ts";
import { expectClose } from "../support/close.ts";
import { plane, planePolicy, policyOf } from "../support/lqr.ts";

const GAMMA = 0.9;
const states = [
  [0, 0],
  [1, -0.5],
  [-2, 0.7],
];
const taken = [
  [0, 0],
  [0.4, -1],
  [-0.2, 0.3],
];

/** E_{a~π} of Q at each state, by quadrature, exact for a quadratic. */
function valuesOf(policy: Policy, problem: LqrProblem, at: readonly number[][]): number[] {
  const point = policy.network.linearisation(at.length);
  point.at(policy.theta, rowsFrom(at));
  const quadrature = policy.distribution.quadrature?.(2);
  const sums = at.map(() => 0);
  for (let n = 0; n < (quadrature?.count ?? 0); n++) {
    const actions = rowsFrom(at.map(() => [0, 0]));
    const [weights, values] = [new Float64Array(at.length), new Float64Array(at.length)];
    quadrature?.node(point.outputs, n, actions, weights);
    lqrActionValue(problem, policy, GAMMA).predict(rowsFrom(at), actions, values);
    values.forEach((value, i) => (sums[i] += weights[i] * value));
  }
  return sums;
}

describe.each([
  ["without a bias", undefined],
  ["with a bias", [0.3, -0.2]],
])("lqrActionValue of a policy %s", (_, bias) => {
  const policy = policyOf(planePolicy, bias);
  const problem: LqrProblem = {
    ...plane,
    W: [
      [0.02, 0],
      [0, 0.01],
    ],
  };

  it("solves Bellman's equation Q(s, a) = r + γ E[V(s′)]", () => {
    const values = new Float64Array(3);
    lqrActionValue(problem, policy, GAMMA).predict(rowsFrom(states), rowsFrom(taken), values);
    const environment = lqr({ ...problem, W: problem.W.map((row) => row.map(() => 0)) });
    const { nodes, weights } = gaussHermite(2);
    states.forEach((state, i) => {
      const next = Float64Array.from(state);
      const reward = environment.step(next, Float64Array.from(taken[i]), createRandom(0));
      let ahead = 0;
      for (let j = 0; j < 2; j++) {
        for (let k = 0; k < 2; k++) {
          const moved = [
            next[0] + Math.sqrt(0.02) * nodes[j],
            next[1] + Math.sqrt(0.01) * nodes[k],
          ];
          ahead += weights[j] * weights[k] * valuesOf(policy, problem, [moved])[0];
        }
      }
      expectClose([values[i]], [reward + GAMMA * ahead], 1e-12);
    });
  });

  it("averages to J over the start and the actions", () => {
    const { nodes, weights } = gaussHermite(2);
    const start = {
      ...problem,
      m0: [0.7, -0.4],
      S0: [
        [0.3, 0],
        [0, 0.2],
      ],
    };
    let sum = 0;
    for (let j = 0; j < 2; j++) {
      for (let k = 0; k < 2; k++) {
        const at = [0.7 + Math.sqrt(0.3) * nodes[j], -0.4 + Math.sqrt(0.2) * nodes[k]];
        sum += weights[j] * weights[k] * valuesOf(policy, start, [at])[0];
      }
    }
    expectClose([sum], [lqrReference(start)(policy, GAMMA)?.return ?? NaN], 1e-12);
  });

  it("follows θ as it changes", () => {
    const moving = policyOf(planePolicy, bias);
    const actionValue = lqrActionValue(problem, moving, GAMMA);
    const at = (): number => {
      const out = new Float64Array(1);
      actionValue.predict(rowsFrom([[1, 1]]), rowsFrom([[0, 0]]), out);
      return out[0];
    };
    const before = at();
    moving.theta[0] += 0.1;
    expect(at()).not.toBe(before);
    moving.theta[0] = 10;
    expect(at()).toBeNaN();
  });
});

describe("lqrActionValue refuses", () => {
  it("the average reward", () => {
    expect(() => lqrActionValue(plane, policyOf(planePolicy), 1)).toThrow(
      "lqrActionValue: discount must be below 1, got 1; take one just below it",
    );
  });

  it("a policy of another kind", () => {
    const policy = policyFor(lqr(plane), createRandom(0), { hidden: [4], perceptron: mlp });
    expect(() => lqrActionValue(plane, policy, 0.9)).toThrow(
      "lqrActionValue: the policy must be linear-Gaussian",
    );
  });
});
