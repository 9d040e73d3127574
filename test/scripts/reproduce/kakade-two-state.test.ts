import { describe, expect, it } from "vitest";
import { verdictOf, decided } from "../../../scripts/reproduce/comparison.ts";
import { checksOf, drawnOf } from "../../../scripts/reproduce/kakade-two-state/checks.ts";
import { run } from "../../../scripts/reproduce/kakade-two-state/flows.ts";
import { settings, thetaOf, valuesAt } from "../../../scripts/reproduce/kakade-two-state/system.ts";
import { gradientOf } from "../../support/finite-differences.ts";
import { expectClose } from "../../support/close.ts";

const { start } = settings;
const flows = {
  vanilla: run({ name: "vanilla", start }),
  natural: run({ name: "natural", start }),
  undamped: run({ name: "undamped", start }),
};

describe("Kakade's two states", () => {
  it("start with the stationary probabilities (9, 2)/11, printed as 0.8 and 0.2", () => {
    const { stateDistribution, return: reward } = valuesAt(thetaOf(start));
    expectClose(stateDistribution, [9 / 11, 2 / 11], 1e-14);
    expectClose([reward], [(9 * 0.8 + 2 * 0.1 * 2) / 11], 1e-14);
  });

  it("have the gradient of η = (c_j p_i + 2 c_i p_j)/(c_i + c_j), p staying and c crossing", () => {
    const eta = ([i, j]: ArrayLike<number> & Iterable<number>): number => {
      const [pi, pj] = [i, j].map((x) => 1 / (1 + Math.exp(-x)));
      return ((1 - pj) * pi + 2 * (1 - pi) * pj) / (2 - pi - pj);
    };
    for (const theta of [thetaOf(start), [3, 1], [-1, 2]]) {
      expectClose([valuesAt(theta).return], [eta(Float64Array.from(theta))], 1e-13);
      expectClose(valuesAt(theta).gradient, gradientOf(eta, theta), 1e-7);
    }
  });
});

describe("the exact flows from the paper's start", () => {
  it.each(checksOf(flows))("give $quantity as derived, $derived", (check) => {
    expect(Math.abs(check.ours - check.derived)).toBeLessThanOrEqual(check.tolerance);
  });

  it("agree in all that the printed settings decide", () => {
    expect(verdictOf([...checksOf(flows).map(decided), ...drawnOf(flows)])).toBe("agrees");
  });

  it("of vanilla are of the orders of magnitude that the paper draws", () => {
    const [time, rare, peak] = drawnOf(flows).map(({ ours }) => Number(ours));
    expect(Math.abs(Math.log10(time / 1.75e7))).toBeLessThan(1);
    expect(Math.abs(Math.log10(rare / 1e-7))).toBeLessThan(1.2);
    expect(Math.abs(peak - 16)).toBeLessThan(2);
  });

  it("never descend", () => {
    for (const { points } of Object.values(flows)) {
      points.slice(1).forEach(({ reward }, k) => {
        expect(reward).toBeGreaterThanOrEqual(points[k].reward - 1e-9);
      });
    }
  });

  it("do not end within the time of a flow that is not followed to the jump", () => {
    // π(1; j) = 0.05 rounds to no printed digit: the jump lies beyond 10⁸.
    const late = run({ name: "vanilla", start: [0.8, 0.05] });
    expect(late.reachedAt).toBeUndefined();
    expect(late.points[late.points.length - 1].reward).toBeLessThan(1.01);
  });
});
