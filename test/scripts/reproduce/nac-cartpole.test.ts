import { describe, expect, it } from "vitest";
import { gaussNewtonGain, spectralRadius } from "../../../envs/index.ts";
import { figureToSvg } from "../../../scripts/figures/index.ts";
import { createDocument } from "../../../scripts/figures/render.ts";
import { ascentChecks, optimumChecks } from "../../../scripts/reproduce/nac-cartpole/checks.ts";
import { comparisonsOf } from "../../../scripts/reproduce/nac-cartpole/comparisons.ts";
import { directionOf } from "../../../scripts/reproduce/nac-cartpole/exact-ascent.ts";
import { gainsSection } from "../../../scripts/reproduce/nac-cartpole/gains-section.ts";
import { looksOf, thinned } from "../../../scripts/reproduce/nac-cartpole/looks.ts";
import {
  type MethodName,
  run,
  type RunResult,
  type RunTask,
} from "../../../scripts/reproduce/nac-cartpole/run.ts";
import { learningSection, timesSection } from "../../../scripts/reproduce/nac-cartpole/sections.ts";
import {
  cells,
  createPlan,
  startsOf,
  study,
} from "../../../scripts/reproduce/nac-cartpole/study.ts";
import { summarise, summaryOf } from "../../../scripts/reproduce/nac-cartpole/summary.ts";
import {
  best,
  GAMMA,
  policyAt,
  problem,
  relativeGap,
  sigmaOf,
  startOf,
  truthOf,
} from "../../../scripts/reproduce/nac-cartpole/system.ts";
import { median } from "../../../src/index.ts";
import { expectClose } from "../../support/close.ts";

const last = (values: ArrayLike<number>): number => values[values.length - 1];
const seeds = Array.from({ length: 20 }, (_, i) => i + 1);
const limits = { minutes: 5, updates: 500, gap: 0.01 };
const taskOf = (method: MethodName, change: Partial<RunTask> = {}): RunTask => {
  return { method, noise: 0, stepSize: 100, seed: 1, limits, ...change };
};

describe("the linear cart-pole", () => {
  it.each([...optimumChecks(), ...ascentChecks()].map((check) => [check.quantity, check] as const))(
    "%s",
    (_, { ours, derived, tolerance }) => {
      expect(Math.abs(ours - derived)).toBeLessThanOrEqual(tolerance);
    },
  );

  it("has its best policy at K* with the least exploration", () => {
    const theta = Float64Array.of(...best.K, 40);
    expect(sigmaOf(theta)).toBeCloseTo(0.1, 12);
    expect(relativeGap(truthOf(policyAt(theta)))).toBeCloseTo(0, 12);
  });

  it("is begun with random stabilising gains up to twice the optimal ones, and σ = 0.6", () => {
    const ratios = seeds.flatMap((seed) => {
      const theta = startOf(seed);
      const K = Array.from(theta.subarray(0, 4));
      expect(spectralRadius(problem, { K: [K] })).toBeLessThan(1);
      expect(sigmaOf(theta)).toBeCloseTo(0.6, 12);
      return K.map((gain, i) => gain / best.K[i]);
    });
    expect(Math.min(...ratios)).toBeGreaterThan(0);
    expect(Math.max(...ratios)).toBeLessThan(2);
    expect(Math.max(...ratios) - Math.min(...ratios)).toBeGreaterThan(1.5);
  });
});

describe("the exact directions", () => {
  const theta = startOf(3);
  const truth = truthOf(policyAt(theta));

  it("are the step of policy iteration where α = 1/(2(R + γBᵀPB)σ²), but for the damping", () => {
    const w = directionOf("natural", truth);
    const K = Array.from(theta.subarray(0, 4));
    const improved = gaussNewtonGain(problem, { K: [K], sigma: [0.6] }, GAMMA)[0];
    const alpha = (improved[0] - K[0]) / w[0];
    // λ = 10⁻⁶ beside the least eigenvalue of F, about 10⁻⁴.
    K.forEach((gain, i) => {
      expect(Math.abs(alpha * w[i] - (improved[i] - gain))).toBeLessThan(
        0.05 * Math.abs(improved[i] - gain),
      );
    });
  });

  it("are F times one another, but for the damping", () => {
    const { fisher = [] } = truth;
    const w = directionOf("natural", truth);
    const product = fisher.map((row, i) =>
      row.reduce((sum, entry, j) => sum + entry * w[j], 1e-6 * w[i]),
    );
    expectClose(product, directionOf("vanilla", truth), 1e-9);
  });
});

describe("a run", () => {
  const result = run(taskOf("nac"));

  it("of the natural actor-critic without noise comes to the optimum by the natural gradient", () => {
    expect(last(result.gaps)).toBeLessThanOrEqual(0.01);
    expect(median(result.angles)).toBeLessThan(1);
    const exact = run(taskOf("natural"));
    expect(Math.abs(result.angles.length - (exact.gaps.length - 1))).toBeLessThanOrEqual(1);
  });

  it("is far from the optimum by the exact vanilla gradient after as many updates", () => {
    const updates = result.angles.length;
    const vanilla = run(taskOf("vanilla", { stepSize: 30, limits: { ...limits, updates } }));
    expect(last(vanilla.gaps)).toBeGreaterThan(0.3);
  });

  it("by eNAC needs one start for one baseline, or a value of the start", () => {
    const reached = (method: MethodName): boolean =>
      last(run(taskOf(method, { limits: { ...limits, minutes: 10 } })).gaps) <= 0.01;
    expect(reached("enac-one-start")).toBe(true);
    expect(reached("enac-values")).toBe(true);
    expect(reached("enac-starts")).toBe(false);
  });

  it("takes worse steps where transitions are noisy", () => {
    const noisy = run(
      taskOf("nac", { noise: 1e-3, stepSize: 3, limits: { ...limits, minutes: 3 } }),
    );
    expect(noisy.angles.length).toBeGreaterThan(0);
    expect(Math.max(...noisy.angles)).toBeGreaterThan(10);
  });

  it("ends where the policy is unstable", () => {
    const { gaps, thetas } = run(taskOf("natural", { stepSize: 1e4 }));
    expect(last(gaps)).toBe(Infinity);
    expect(gaps.filter((gap) => gap === Infinity)).toHaveLength(1);
    expect(thetas).toHaveLength(5 * gaps.length);
  });

  it("gives the same bits for the same seed, and others for another", () => {
    expect(run(taskOf("nac"))).toEqual(result);
    expect(run(taskOf("nac", { seed: 2 })).gaps).not.toEqual(result.gaps);
    const estimated = taskOf("vanilla-sampled", { stepSize: 1, limits: { ...limits, minutes: 2 } });
    expect(run(estimated)).toEqual(run(estimated));
  });
});

/** A made-up run: gaps at times, reached where the last is within 1 %. */
function madeUp(task: RunTask, gaps: readonly number[], minutes: readonly number[]): RunResult {
  return {
    task,
    gaps: Float64Array.from(gaps),
    minutes: Float64Array.from(minutes),
    thetas: new Float64Array(5 * gaps.length).fill(1),
    angles: new Float64Array(task.method === "natural" || task.method === "vanilla" ? 0 : 2).fill(
      1,
    ),
  };
}

describe("the summary of a study", () => {
  const runs = cells.flatMap((cell) => {
    const task = (seed: number): RunTask => ({ ...taskOf(cell.method), ...cell, seed });
    return [
      madeUp(task(1), [0.5, 0.2, 0.01], [0, 1, 2]),
      madeUp(task(2), [0.4, 0.3, 0.1], [0, 2, 4]),
      madeUp(task(3), [0.4, 0.3, Infinity], [0, 2, 3]),
    ];
  });
  const summaries = summarise(runs);

  it("tells who came to the optimum and when", () => {
    const nac = summaryOf(summaries, "nac", 1e-4);
    expect(nac.minutes).toEqual([2, Infinity, Infinity]);
    expect(nac.updates).toEqual([2, Infinity, Infinity]);
    expect([nac.starts, nac.diverged, nac.angle]).toEqual([3, 1, 1]);
    expect(nac.secondsPerUpdate).toBe(90);
    expect(nac.curve[0]).toEqual({ minutes: 0.1, value: 0.4, low: 0.4, high: 0.45, share: 0 });
    expect(last(nac.curve.map(({ share }) => share))).toBeCloseTo(1 / 3, 12);
  });

  it("lets exact ascents make an update whenever the natural actor-critic does", () => {
    const vanilla = summaryOf(summaries, "vanilla", 1e-3);
    expect(vanilla.minutes).toEqual([3, Infinity, Infinity]);
    expect(vanilla.secondsPerUpdate).toBe(90);
  });

  it("is drawn and compared without a number that is none", async () => {
    const document = await createDocument();
    const looks = looksOf(runs[0], 60);
    const sections = [
      learningSection(summaries),
      timesSection(summaries),
      gainsSection({ nac: looks, vanilla: looks }),
    ];
    for (const { figure, sentence, table } of sections) {
      const svg = figure === undefined ? "" : figureToSvg(figure.draw(document));
      expect(svg).toContain("NAC");
      expect(svg + sentence + JSON.stringify(table?.rows ?? [])).not.toMatch(
        /NaN|Infinity|undefined|null/,
      );
    }
    const comparisons = comparisonsOf(summaries, limits);
    expect(comparisons.filter(({ verdict }) => verdict === "differs")).toEqual([]);
    expect(comparisons.filter(({ verdict }) => verdict === "qualitative")).toHaveLength(5);
  });

  it("is thinned towards the end, which stays", () => {
    const task = taskOf("vanilla");
    const many = Array.from({ length: 3000 }, (_, i) => 1 / (i + 1));
    const looks = looksOf(madeUp(task, many, many), 60);
    const few = thinned(looks);
    expect(few.length).toBeLessThan(150);
    expect([few[0].minutes, few[1].minutes, few[few.length - 1]]).toEqual([0.05, 1, looks[2999]]);
  });
});

describe("a study", () => {
  it("takes the largest α at which no tuning run is unstable, and fresh initial policies", async () => {
    const plan = createPlan(40, false);
    const tasks: RunTask[] = [];
    /** Unstable above 10, and with noise always. */
    const runAll = <R>(_: URL, given: readonly unknown[]): Promise<R[]> => {
      tasks.push(...(given as RunTask[]));
      const results = (given as RunTask[]).map((task) => {
        const fails = task.seed === 1003 && (task.stepSize > 10 || task.noise > 0);
        return madeUp(task, [0.5, fails ? Infinity : 0.2], [0, 1]);
      });
      return Promise.resolve(results as R[]);
    };
    const { summaries } = await study(plan, runAll);
    for (const { method, noise, stepSize } of summaries) {
      const exact = method === "natural" || method === "vanilla";
      expect(stepSize).toBe(noise === 0 || exact ? 10 : 0.1);
    }
    const compared = tasks.filter(({ limits: { gap }, seed }) => gap > 0 && seed < 1000);
    for (const cell of cells) {
      const own = compared.filter(
        (task) => task.method === cell.method && task.noise === cell.noise,
      );
      expect(own.map(({ seed }) => seed)).toEqual(
        Array.from({ length: startsOf(plan, cell) }, (_, i) => i + 1),
      );
    }
    expect(compared.filter(({ method }) => method === "vanilla")).toHaveLength(40);
  });
});
