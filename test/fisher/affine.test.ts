import { describe, expect, it } from "vitest";
import {
  affineFisher,
  categorical,
  cholesky,
  createPolicy,
  createRandom,
  diagonalGaussian,
  direct,
  exactFisher,
  linear,
  type Policy,
} from "../../src/index.ts";
import { operatorOf } from "../contracts/fisher.ts";
import { expectClose } from "../support/close.ts";
import { randomVector } from "../support/numbers.ts";
import { gaussian } from "../support/perceptrons.ts";
import { linearGaussian, policyShapes, sampleFrom } from "../support/policies.ts";

describe.each(policyShapes)("the affine model of a linear-Gaussian policy, %j", (shape) => {
  const policy = linearGaussian(shape);
  const sample = { policy, ...sampleFrom(policy, 60, "batch") };
  const b = randomVector(policy.theta.length, createRandom("b"));

  it.each([0, 1e-3, 1])(
    "solves as a Cholesky factor of the whole F + λI does, λ = %d",
    (damping) => {
      const [x, expected] = [new Float64Array(b.length), new Float64Array(b.length)];
      cholesky().solve(operatorOf(exactFisher(), sample), damping, b, expected);
      const report = direct().solve(operatorOf(affineFisher(), sample), damping, b, x);
      expect(report).toMatchObject({ status: "converged", iterations: 0 });
      expectClose(x, expected, 1e-12);
    },
  );
});

it("does not depend on the units of the observations, to the last bit", () => {
  const policy = linearGaussian(policyShapes[3]);
  const { observations, ...rest } = sampleFrom(policy, 60, "batch");
  const b = randomVector(policy.theta.length, createRandom("b"));
  // o₁ in units 2³⁰ times as large, o₂ in units 2³⁰ times as small: θ has 3 × 2 gains first.
  const scale = [2 ** -30, 2 ** 30];
  const solved = (units: readonly number[]): Float64Array => {
    const data = observations.data.map((value, k) => value * units[k % 2]);
    const operator = operatorOf(affineFisher(), {
      ...{ policy, ...rest },
      observations: { ...observations, data },
    });
    const x = new Float64Array(b.length);
    operator.applyInverse(
      b.map((value, k) => (k < 6 ? value * units[k % 2] : value)),
      0,
      x,
    );
    return x.map((value, k) => (k < 6 ? value * units[k % 2] : value));
  };
  expect(solved(scale)).toEqual(solved([1, 1]));
});

describe("the affine model refuses", () => {
  const at = (policy: Policy) =>
    operatorOf(affineFisher(), { policy, ...sampleFrom(policy, 5, "batch") });
  const random = createRandom(1);

  it("hidden layers", () => {
    expect(() => at(gaussian(2, [3], 1))).toThrow(
      "affineFisher: every layer must end in η, got layers of 5 outputs for 2 parameters; use exactFisher for hidden layers",
    );
  });

  it("an M that couples parameters", () => {
    expect(() => at(createPolicy(linear(2, 3), categorical(3), random))).toThrow(
      /affineFisher: M must be diagonal, got -0\.1\d+ between two parameters; use exactFisher/,
    );
  });

  it("an M that differs between states, here by σ", () => {
    const policy = createPolicy(linear(2, 2), diagonalGaussian(1), random);
    policy.theta.fill(0.5);
    expect(() => at(policy)).toThrow(
      /affineFisher: M must be the same at all states, got .* in row 1 for .* in the first; use exact/,
    );
  });
});

it("leaves numbers that are not finite to the solver's report", () => {
  const policy = linearGaussian(policyShapes[1]);
  const sample = { policy, ...sampleFrom(policy, 5, "batch") };
  policy.theta[2] = -400; // log σ: 1/σ² = ∞
  const report = direct().solve(
    operatorOf(affineFisher(), sample),
    1,
    Float64Array.of(1, 1, 1),
    new Float64Array(3),
  );
  expect(report.status).toBe("not-positive-definite");
});
