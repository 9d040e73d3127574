import { describe, expect, it } from "vitest";
import {
  type Batch,
  createPolicy,
  createRandom,
  createSurrogate,
  diagonalGaussian,
  exactFisher,
  linear,
  constantHead,
  type Policy,
  rowsFrom,
  type Surrogate,
} from "../../src/index.ts";
import { columnsOf } from "../contracts/fisher.ts";
import { expectClose } from "../support/close.ts";
import { gradientOf, hessianOf } from "../support/finite-differences.ts";
import { linearGaussian, policyShapes, type PolicyShape, sampleFrom } from "../support/policies.ts";

const COUNT = 15;

/** A surrogate at a batch with advantages and weights filled in. */
function prepare(shape: PolicyShape): {
  policy: Policy;
  surrogate: Surrogate;
  sample: ReturnType<typeof sampleFrom>;
} {
  const policy = linearGaussian(shape);
  const sample = sampleFrom(policy, COUNT, "surrogate");
  const surrogate = createSurrogate(policy, COUNT);
  surrogate.at(asBatch(sample));
  surrogate.weights.set(sample.weights);
  surrogate.advantages.set(sample.weights.map((_, i) => Math.sin(3 * i) + 0.2));
  return { policy, surrogate, sample };
}

function asBatch({ observations, actions }: ReturnType<typeof sampleFrom>): Batch {
  return {
    observations,
    actions,
    rewards: new Float64Array(observations.count),
    episodes: [],
    lastObservations: rowsFrom([]),
    finished: [],
  };
}

describe.each(policyShapes)("the surrogate of %j", (shape) => {
  const { policy, surrogate, sample } = prepare(shape);
  const g = new Float64Array(policy.theta.length);
  surrogate.gradient(g);

  it("has the policy gradient as the finite differences of its gain", () => {
    expectClose(
      g,
      gradientOf((x) => surrogate.measure(x).gain, policy.theta),
      1e-6,
    );
  });

  it("has the policy gradient Σ wᵢ Âᵢ ∇log π(aᵢ | oᵢ) by finite differences of log π", () => {
    const point = policy.network.linearisation(COUNT);
    const logs = new Float64Array(COUNT);
    const weighted = (theta: Float64Array): number => {
      point.at(theta, sample.observations);
      policy.distribution.logProb(point.outputs, sample.actions, logs);
      return logs.reduce(
        (sum, l, i) => sum + surrogate.weights[i] * surrogate.advantages[i] * l,
        0,
      );
    };
    expectClose(g, gradientOf(weighted, policy.theta), 1e-6);
  });

  it("has KL with no slope and the Fisher matrix as its curvature", () => {
    const kl = (x: Float64Array): number => surrogate.measure(x).kl;
    gradientOf(kl, policy.theta).forEach((slope) => expect(Math.abs(slope)).toBeLessThan(1e-8));
    const fisher = columnsOf(exactFisher(), { policy, ...sample }).flat();
    const scale = Math.max(...fisher.map(Math.abs));
    hessianOf(kl, policy.theta, 3e-4)
      .flat()
      .forEach((value, i) => expect(Math.abs(value - fisher[i])).toBeLessThan(1e-6 * scale));
  });

  it("gains nothing at θ itself and leaves θ alone", () => {
    const before = policy.theta.slice();
    const still = surrogate.measure(policy.theta.slice());
    expect(still.gain).toBeCloseTo(0, 15);
    expect(still.kl).toBe(0);
    surrogate.measure(policy.theta.map((value) => value + 0.1));
    expect(policy.theta).toEqual(before);
  });
});

describe("the surrogate", () => {
  // One step with o = 1, a = 1, Â = 2 under N(0, 1); θ′ = (½, log 2).
  const network = constantHead(linear(1, 1, { bias: false }), [0]);
  const policy = createPolicy(network, diagonalGaussian(1), createRandom(0));
  const step = {
    observations: rowsFrom([[1]]),
    actions: rowsFrom([[1]]),
    weights: Float64Array.of(1),
  };
  const moved = Float64Array.of(0.5, Math.log(2));

  it("gains Â(π′/π − 1), computed by hand", () => {
    const surrogate = createSurrogate(policy, 1);
    surrogate.at(asBatch(step));
    surrogate.weights[0] = 1;
    surrogate.advantages[0] = 2;
    const ratio = (Math.exp(-0.5 * 0.25 ** 2) / 2) * Math.exp(0.5);
    expect(surrogate.measure(moved).gain).toBeCloseTo(2 * (ratio - 1), 14);
  });

  it("measures KL(old ‖ new), computed by hand, and not KL(new ‖ old)", () => {
    const surrogate = createSurrogate(policy, 1);
    surrogate.at(asBatch(step));
    surrogate.weights[0] = 1;
    const oldNew = Math.log(2) + (1 + 0.25) / 8 - 0.5;
    const newOld = -Math.log(2) + (4 + 0.25) / 2 - 0.5;
    expect(surrogate.measure(moved).kl).toBeCloseTo(oldNew, 14);
    expect(Math.abs(oldNew - newOld)).toBeGreaterThan(0.1);
  });

  it("follows the policy's θ only when it is moved", () => {
    const mutable = linearGaussian({ observations: 1, actions: 1, bias: false });
    const surrogate = createSurrogate(mutable, 1);
    surrogate.at(asBatch(step));
    surrogate.weights[0] = 1;
    mutable.theta[0] += 1;
    expect(surrogate.measure(mutable.theta).kl).toBeGreaterThan(0.01);
    surrogate.at(asBatch(step));
    expect(surrogate.measure(mutable.theta).kl).toBe(0);
  });

  it("must be moved to a batch first", () => {
    const surrogate = createSurrogate(policy, 1);
    expect(() => surrogate.measure(moved)).toThrow("surrogate: call at(batch) first");
    expect(() => surrogate.gradient(moved.slice())).toThrow("surrogate: call at(batch) first");
  });
});
