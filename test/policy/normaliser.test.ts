import { describe, expect, it } from "vitest";
import { natural, trpo } from "../../agents/index.ts";
import { inUnits, lqr, lqrReference, pendulum, scalarProblem, tetris } from "../../envs/index.ts";
import {
  type Batch,
  createCollector,
  createNormaliser,
  createRandom,
  evaluate,
  policyFor,
  type Rows,
  rowsFrom,
  train,
} from "../../src/index.ts";
import { bits } from "../support/close.ts";
import { randomRows, relativeError } from "../support/numbers.ts";

/** Rows of N(m, s²) with m and s that differ by orders of magnitude. */
const skewed = (count: number, seed: string): Rows => {
  const rows = randomRows(count, 3, seed);
  rows.data.forEach((z, i) => {
    rows.data[i] = [1e6, 0, -3][i % 3] + [0.5, 1e-3, 40][i % 3] * z;
  });
  return rows;
};

describe("the statistics of observations", () => {
  it("are mean and 1/√(variance + 10⁻⁸) of all rows, however they came", () => {
    const normaliser = createNormaliser(3);
    const batches = [skewed(7, "a"), skewed(500, "b"), skewed(1, "c")];
    batches.forEach((rows) => normaliser.update(rows));
    const all = batches.flatMap(({ data }) => [...data]);
    for (let k = 0; k < 3; k++) {
      const column = all.filter((_, i) => i % 3 === k);
      const mean = column.reduce((sum, x) => sum + x) / column.length;
      const variance = column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / column.length;
      expect(relativeError([normaliser.statistics[k]], [mean])).toBeLessThan(1e-12);
      const scale = 1 / Math.sqrt(variance + 1e-8);
      expect(relativeError([normaliser.statistics[3 + k]], [scale])).toBeLessThan(1e-9);
    }
    expect(normaliser.count).toBe(508);
  });

  it("are 0 and 1 before the first, and leave a component that never changes at 0", () => {
    const normaliser = createNormaliser(1);
    expect([...normaliser.statistics]).toEqual([0, 1]);
    normaliser.update(rowsFrom([[7], [7], [7]]));
    expect(normaliser.statistics[0]).toBe(7);
    expect(normaliser.statistics[1]).toBeCloseTo(1e4, 6);
  });

  it("go on bit for bit from where they were saved, also through JSON", () => {
    const [one, two, three] = [1, 2, 3].map(() => createNormaliser(3));
    one.update(skewed(20, "a"));
    const saved = one.state.save();
    two.state.restore(saved);
    const text = JSON.stringify(saved, (_, value: unknown) =>
      value instanceof Float64Array ? [...value] : value,
    );
    three.state.restore(JSON.parse(text) as typeof saved);
    for (const each of [one, two, three]) each.update(skewed(30, "b"));
    expect(bits(two.statistics)).toBe(bits(one.statistics));
    expect(bits(three.statistics)).toBe(bits(one.statistics));
    expect(() => one.state.restore({ count: 3, mean: [1], squares: [1] })).toThrow(
      "must hold count, and mean and squares of 3 numbers",
    );
  });
});

describe("a policy that normalises observations", () => {
  const environment = pendulum();
  const batchOf = (policy: ReturnType<typeof policyFor>, seed = "batch"): Batch =>
    createCollector({
      ...{ environment, policy, random: createRandom(seed) },
      ...{ environments: 1, stepsPerEnvironment: 400 },
    }).collect();
  const agentOf = (options: object = {}) =>
    trpo(environment, createRandom(5), {
      ...{ normaliseObservations: true, hidden: [8], kernel: "float64", kl: 0.05 },
      ...options,
    });

  it("sees (o − m)s, clipped at ±10", () => {
    const policy = policyFor(lqr(), createRandom(0), { normaliseObservations: true });
    policy.theta.set([2, 0.5, 0]);
    policy.normaliser?.update(rowsFrom([[2], [4]]));
    const point = policy.network.linearisation(4);
    point.at(policy.theta, rowsFrom([[3], [4], [100], [-100]]));
    const means = [0, 1, 2, 3].map((i) => point.outputs.data[2 * i]);
    expect(means[0]).toBe(0.5);
    expect(means[1]).toBeCloseTo(2.5, 7);
    expect(means.slice(2)).toEqual([20.5, -19.5]);
  });

  it("takes its first batch for the statistics alone: θ stays, bit for bit", () => {
    const agent = agentOf();
    const { theta, normaliser } = agent.policy;
    const before = bits(theta);
    const batch = batchOf(agent.policy);
    const { outcome, stepSize, kl } = agent.update(batch);
    expect(outcome).toBe("postponed: the first batch gives the statistics of the observations");
    expect([stepSize, kl, bits(theta)]).toEqual([0, 0, before]);
    const alone = createNormaliser(3);
    alone.update(batch.observations);
    expect(normaliser?.statistics).toEqual(alone.statistics);
    expect(agent.update(batchOf(agent.policy)).stepSize).toBeGreaterThan(0);
  });

  it("measures a step under the statistics of its batch, and then tells how far both moved it", () => {
    const agent = agentOf();
    agent.update(batchOf(agent.policy));
    const { theta, normaliser, network, distribution } = agent.policy;
    const batch = batchOf(agent.policy, "next");
    const outputs = () => {
      const point = network.linearisation(400);
      point.at(theta, batch.observations);
      return point.outputs;
    };
    const meanKl = (p: Rows, q: Rows) => {
      const out = new Float64Array(400);
      distribution.kl(p, q, out);
      return out.reduce((sum, value) => sum + value) / 400;
    };
    const [saved, old] = [normaliser?.state.save() ?? null, outputs()];
    const { kl, movedKl = NaN } = agent.update(batch);
    const moved = outputs();
    normaliser?.state.restore(saved);
    expect(kl).toBeLessThanOrEqual(0.05);
    expect(kl).toBeCloseTo(meanKl(old, outputs()), 12);
    expect(movedKl).toBeCloseTo(meanKl(old, moved), 12);
    expect(movedKl).not.toBe(kl);
  });

  it("keeps θ and statistics at a batch with a number that is not finite", () => {
    const agent = agentOf();
    agent.update(batchOf(agent.policy));
    const { normaliser, theta } = agent.policy;
    const before = [bits(theta), bits(normaliser?.statistics ?? theta)];
    const batch = batchOf(agent.policy);
    batch.observations.data[5] = NaN;
    expect(agent.update(batch)).toMatchObject({ movedKl: 0, stepSize: 0 });
    expect([bits(theta), bits(normaliser?.statistics ?? theta)]).toEqual(before);
  });

  it("is evaluated by the same statistics", () => {
    const agent = agentOf();
    agent.update(batchOf(agent.policy));
    agent.update(batchOf(agent.policy, "next"));
    const options = () => ({ random: createRandom("evaluation"), episodes: 2 });
    const found = evaluate(environment, agent.policy, options());
    const copy = policyFor(environment, createRandom(5), {
      ...{ normaliseObservations: true, hidden: [8] },
    });
    copy.theta.set(agent.policy.theta);
    expect(evaluate(environment, copy, options())).not.toEqual(found);
    copy.normaliser?.state.restore(agent.policy.normaliser?.state.save() ?? null);
    expect(evaluate(environment, copy, options())).toEqual(found);
  });

  it("makes a vanilla run in units of 1000 that of the regulator itself", () => {
    const returns = [1, 1000].map((units) => {
      const scaled = lqr(inUnits(scalarProblem, units));
      const random = createRandom(3);
      const agent = natural(scaled, random.split("agent"), {
        ...{ normaliseObservations: true, fisher: "diagonal", damping: 0, discount: 0.95 },
      });
      const options = { environment: scaled, agent, random: random.split("train") };
      return Array.from(train({ ...options, steps: 8000 }), ({ meanReturn }) => meanReturn);
    });
    expect(relativeError(returns[1], returns[0])).toBeLessThan(1e-4);
  });

  it("has no K that the exact solution could be asked for", () => {
    const policy = policyFor(lqr(), createRandom(0), { normaliseObservations: true });
    expect(lqrReference(scalarProblem)(policy, 0.95)).toBeUndefined();
  });

  it("cannot have observations that describe choices", () => {
    expect(() => policyFor(tetris(), createRandom(0), { normaliseObservations: true })).toThrow(
      "observations that describe choices cannot be normalised",
    );
  });
});
