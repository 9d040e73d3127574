import { describe, expect, it } from "vitest";
import { lqr, pendulum } from "../../envs/index.ts";
import { agents as registry } from "../../agents/index.ts";
import {
  boundedGaussian,
  createCollector,
  createRandom,
  createRows,
  diagonalGaussian,
  effectiveShare,
  explainedVariance,
  locationGaussian,
  naturalGradient,
  reinforce,
  rewardsToGo,
  rowsFrom,
  squashedGaussian,
  train,
  zero,
} from "../../src/index.ts";
import { spreadOf } from "../../src/diagnosis/spread.ts";
import { batchFor, partsOf } from "../support/agent.ts";
import { bits, expectClose } from "../support/close.ts";

describe("explained variance", () => {
  const returns = Float64Array.of(1, 2, 3, 6);

  it("is 1 for V = R + constant, 0 for a constant V, and below 0 where V adds variance", () => {
    expect(
      explainedVariance(
        returns.map((r) => r + 5),
        returns,
      ),
    ).toBe(1);
    expect(explainedVariance(new Float64Array(4).fill(7), returns)).toBe(0);
    // V = −R doubles the residual: 1 − 4.
    expect(
      explainedVariance(
        returns.map((r) => -r),
        returns,
      ),
    ).toBe(-3);
  });

  it("is the squared correlation for the least-squares line, here 0.5", () => {
    // R = x + e with e orthogonal to x and to 1, and of the same variance.
    const x = Float64Array.of(1, 1, -1, -1);
    expect(explainedVariance(x, Float64Array.of(2, 0, 0, -2))).toBe(0.5);
  });

  it("is no number where all returns are equal", () => {
    expect(explainedVariance(Float64Array.of(1, 2), Float64Array.of(3, 3))).toBeNaN();
  });
});

describe("the effective share", () => {
  it("is 1 for equal ratios, and k/N where only k equal ones are left", () => {
    expect(effectiveShare(10 * 0.3, 10 * 0.09, 10)).toBeCloseTo(1, 14);
    expect(effectiveShare(2 * 5, 2 * 25, 8)).toBe(0.25);
  });

  it("tends to e^{−d²} for a Gaussian whose mean moved by d standard deviations", () => {
    // E[ρ] = 1 and E[ρ²] = e^{d²} in closed form; over 200,000 draws, to five standard errors.
    const [count, d] = [200_000, 0.5];
    const random = createRandom("moved");
    let [sum, squares, fourth] = [0, 0, 0];
    for (let i = 0; i < count; i++) {
      const ratio = Math.exp(d * random.normal() - 0.5 * d * d);
      sum += ratio;
      squares += ratio ** 2;
      fourth += ratio ** 4;
    }
    const error = Math.sqrt((fourth / count - (squares / count) ** 2) / count);
    expect(Math.abs(effectiveShare(sum, squares, count) - Math.exp(-d * d))).toBeLessThan(
      5 * error,
    );
  });
});

describe("the spread", () => {
  it("is σ of every family that has one: e^{log σ}, between bounds, or known", () => {
    const eta = rowsFrom([[1, 2, Math.log(0.5), Math.log(3)]]);
    const out = createRows(1, 2);
    diagonalGaussian(2).standardDeviation?.(eta, out);
    expectClose(out.data, [0.5, 3], 1e-15);
    squashedGaussian({ low: [0, 0], high: [1, 1] }).standardDeviation?.(eta, out);
    expectClose(out.data, [0.5, 3], 1e-15);
    boundedGaussian(2, { low: 0.1, high: 1.1 }).standardDeviation?.(rowsFrom([[0, 0, 0, 50]]), out);
    expectClose(out.data, [0.6, 0.1], 1e-12);
    locationGaussian([0.2, 4]).standardDeviation?.(rowsFrom([[0, 0]]), out);
    expect([...out.data]).toEqual([0.2, 4]);
  });

  it("has mean, range and, for a few components, the mean of each", () => {
    expect(spreadOf(rowsFrom([[1, 10], [3, 20]]))).toEqual({ mean: 8.5, low: 1, high: 20, component: [2, 15] }); // prettier-ignore
    expect(spreadOf(rowsFrom([[1], [3]]))).toEqual({ mean: 2, low: 1, high: 3 });
    expect(spreadOf(rowsFrom([[1, 1, 1, 1, 1]]))).not.toHaveProperty("component");
  });
});

describe("the diagnosis of an update", () => {
  it("is there only where asked for", () => {
    const parts = partsOf();
    expect(naturalGradient(parts).update(batchFor(parts.policy))).not.toHaveProperty("diagnosis");
  });

  it("has the entropy of the policy before the step, σ, the ratios of the step and V = 0", () => {
    const parts = partsOf();
    const { policy } = parts;
    const before = policy.theta.slice();
    const batch = batchFor(policy);
    const { diagnosis } = naturalGradient(parts).update(batch, { diagnose: true });
    const { distribution, network } = policy;
    const point = network.linearisation(batch.rewards.length);
    const logs = [before, policy.theta].map((theta) => {
      point.at(theta, batch.observations);
      const out = new Float64Array(batch.rewards.length);
      distribution.logProb(point.outputs, batch.actions, out);
      return out;
    });
    const ratios = logs[0].map((log, i) => Math.exp(logs[1][i] - log));
    const sum = ratios.reduce((s, x) => s + x, 0);
    const share = sum ** 2 / (ratios.length * ratios.reduce((s, x) => s + x * x, 0));
    const logStd = [...before.subarray(before.length - distribution.actionSize)];
    const entropy = logStd.reduce((s, x) => s + x + 0.5 * Math.log(2 * Math.PI * Math.E), 0);
    expect(diagnosis?.explainedVariance).toBe(0);
    expectClose(
      [diagnosis?.entropy ?? NaN, diagnosis?.effectiveShare ?? NaN, diagnosis?.spread?.low ?? NaN],
      [entropy, share, Math.exp(Math.min(...logStd))],
      1e-12,
    );
    expect(share).toBeLessThan(1);
  });

  it("explains variance by the V that made the advantages, before the fit", () => {
    const parts = partsOf();
    const batch = batchFor(parts.policy);
    const returns = new Float64Array(batch.rewards.length);
    rewardsToGo({ discount: 0.9 }).estimate(
      batch,
      zero(),
      new Float64Array(returns.length),
      returns,
    );
    let [fits, offset] = [0, 0];
    const baseline = {
      predict: (_: unknown, out: Float64Array) => {
        for (let i = 0; i < out.length; i++) out[i] = offset + (i % 2 === 0 ? 1 : -1);
      },
      fit: () => {
        fits++;
        offset = 99;
      },
    };
    const agent = naturalGradient({
      ...parts,
      baseline,
      advantage: {
        discount: 0.9,
        estimate: (b, v, advantages, out) => {
          v.predict(b.observations, advantages);
          out.set(returns);
          for (let i = 0; i < out.length; i++) advantages[i] = out[i] - advantages[i];
        },
      },
    });
    const values = returns.map((_, i) => (i % 2 === 0 ? 1 : -1));
    const { diagnosis } = agent.update(batch, { diagnose: true });
    expect(diagnosis?.explainedVariance).toBe(explainedVariance(values, returns));
    expect(fits).toBe(1);
  });

  it("has an effective share of 1 where the update was rejected", () => {
    const parts = partsOf({ step: () => 0, retries: 0 });
    const { outcome, diagnosis } = naturalGradient(parts).update(batchFor(parts.policy), {
      diagnose: true,
    });
    expect(outcome).toMatch(/^rejected/);
    expect(diagnosis?.effectiveShare).toBe(1);
  });

  it("computes both halves where g is not the gradient of the surrogate", () => {
    const [plain, episodic] = [partsOf(), partsOf({ gradient: reinforce({ discount: 0.9 }) })];
    const [a, b] = [plain, episodic].map(
      (parts) =>
        naturalGradient(parts).update(batchFor(parts.policy), { diagnose: true }).diagnosis,
    );
    expectClose([b?.halvesCosine ?? NaN], [a?.halvesCosine ?? Infinity], 1e-9);
  });

  const learnt = (name: string, options: object, diagnose: boolean): string => {
    const environment = name === "lqr" ? lqr() : pendulum();
    const random = createRandom("bits");
    const agent = registry.trpo.create(environment, random.split("agent"), { ...options });
    const collector = createCollector({
      environment,
      policy: agent.policy,
      random: random.split("train"),
      environments: 2,
      stepsPerEnvironment: 200,
    });
    const records = train({ environment, agent, random, collector, steps: 1600, diagnose });
    return `${[...records].length} ${bits(agent.policy.theta)}`;
  };

  it.each([
    ["lqr", {}],
    ["lqr", { baseline: "network", kernel: "simd" }],
    ["pendulum", { hidden: [8], kernel: "simd", normaliseObservations: true }],
    ["pendulum", { hidden: [8], kernel: "float64", discountedStates: true, standardise: true }],
  ])("changes no bit of what is learnt on %s with %o", (name, options) => {
    expect(learnt(name, options, true)).toBe(learnt(name, options, false));
  });
});
