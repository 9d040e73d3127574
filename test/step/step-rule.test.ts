import { describe, expect, it } from "vitest";
import { fixed, klNormalised, lineSearch, type Proposal, type Trial } from "../../src/index.ts";

/** A proposal whose trials follow a script, and the step sizes that were asked for. */
function scripted(
  trials: readonly Trial[],
  curvature = 2,
): { proposal: Proposal; tried: number[] } {
  const tried: number[] = [];
  const trial = (alpha: number): Trial => {
    tried.push(alpha);
    return trials[Math.min(tried.length, trials.length) - 1];
  };
  return { proposal: { slope: 1, curvature, dampedCurvature: curvature, trial }, tried };
}

const good: Trial = { gain: 1, kl: 0.005 };
const tooFar: Trial = { gain: 1, kl: 0.02 };
const worse: Trial = { gain: -1, kl: 0.005 };
// δ = 0.01 and wᵀFw = 2: the longest step is √(0.02 / 2) = 0.1.
const LONGEST = 0.1;
const options = { kl: 0.01, factor: 0.5, backtracks: 3 };

describe("fixed", () => {
  it("is the same α whatever the proposal, without a trial", () => {
    const { proposal, tried } = scripted([worse]);
    expect(fixed(0.3)(proposal)).toBe(0.3);
    expect(fixed(0.3)({ ...proposal, curvature: NaN })).toBe(0.3);
    expect(tried).toEqual([]);
  });

  it.each([0, -1, NaN, Infinity])("refuses α = %d", (stepSize) => {
    expect(() => fixed(stepSize)).toThrow(
      new RangeError(`fixed: stepSize must be a positive number, got ${String(stepSize)}`),
    );
  });
});

describe("klNormalised", () => {
  it.each([
    [0.01, 2],
    [1e-4, 1e6],
    [3, 1e-9],
  ])("takes the α whose predicted KL, ½α²wᵀFw, is δ = %d, for wᵀFw = %d", (kl, curvature) => {
    const { proposal, tried } = scripted([worse], curvature);
    const alpha = klNormalised(kl)(proposal);
    expect((0.5 * alpha * alpha * curvature) / kl).toBeCloseTo(1, 14);
    expect(tried).toEqual([]);
  });

  it.each([0, -1, NaN, Infinity])("refuses δ = %d", (kl) => {
    const message = `kl must be a positive number of nats, got ${String(kl)}`;
    expect(() => klNormalised(kl)).toThrow(`klNormalised: ${message}`);
    expect(() => lineSearch({ kl })).toThrow(`lineSearch: ${message}`);
  });
});

describe("lineSearch", () => {
  it("takes the longest step at once where it is good", () => {
    const { proposal, tried } = scripted([good]);
    expect(lineSearch(options)(proposal)).toBeCloseTo(LONGEST, 15);
    expect(tried).toHaveLength(1);
  });

  it("shrinks by the factor, longest first, and stops at the first step that is good", () => {
    const { proposal, tried } = scripted([tooFar, worse, good, good]);
    const alpha = lineSearch(options)(proposal);
    expect(tried).toEqual([LONGEST, LONGEST / 2, LONGEST / 4]);
    expect(alpha).toBe(tried[2]);
  });

  it("rejects, α = 0, when none is good after all backtracks", () => {
    const { proposal, tried } = scripted([tooFar]);
    expect(lineSearch(options)(proposal)).toBe(0);
    expect(tried).toHaveLength(1 + options.backtracks);
  });

  // mjrl takes steps that lower the surrogate, modular_rl does not look at the KL again.
  it("needs both: a KL of at most δ and a surrogate that rises", () => {
    const accepts = (trial: Trial): boolean =>
      lineSearch({ ...options, backtracks: 0 })(scripted([trial]).proposal) > 0;
    expect(accepts({ gain: 1e-12, kl: 0.01 })).toBe(true);
    expect(accepts({ gain: 1, kl: 0.010000001 })).toBe(false);
    expect(accepts({ gain: 0, kl: 0.001 })).toBe(false);
    expect(accepts({ gain: -1e-12, kl: 0.001 })).toBe(false);
  });

  it("refuses trials that are not numbers", () => {
    for (const trial of [
      { gain: NaN, kl: 0.001 },
      { gain: 1, kl: NaN },
    ]) {
      expect(lineSearch(options)(scripted([trial]).proposal)).toBe(0);
    }
  });

  it("has the factor 0.8 and 10 backtracks of Spinning Up unless told otherwise", () => {
    const { proposal, tried } = scripted([worse]);
    lineSearch({ kl: 0.01 })(proposal);
    expect(tried).toHaveLength(11);
    expect(tried[10]).toBeCloseTo(LONGEST * 0.8 ** 10, 15);
  });

  it.each([0, 1, -0.5, 2, NaN])("refuses a factor of %d", (factor) => {
    expect(() => lineSearch({ ...options, factor })).toThrow(
      new RangeError(`lineSearch: factor must lie between 0 and 1, got ${String(factor)}`),
    );
  });

  it.each([-1, 1.5, NaN])("refuses %d backtracks", (backtracks) => {
    expect(() => lineSearch({ ...options, backtracks })).toThrow(
      new RangeError(
        `lineSearch: backtracks must be an integer of at least 0, got ${String(backtracks)}`,
      ),
    );
  });
});
