import { describe, expect, it } from "vitest";
import {
  comparisonsOf,
  errorOf,
  exactChecks,
  lstdCheck,
} from "../../../scripts/reproduce/estimators-lqr/checks.ts";
import { angleBetween, errorsOf } from "../../../scripts/reproduce/estimators-lqr/errors.ts";
import {
  exactAt,
  gradientOver,
  grid,
  problemAt,
  setting,
} from "../../../scripts/reproduce/estimators-lqr/setting.ts";
import { fieldSection } from "../../../scripts/reproduce/estimators-lqr/sections.ts";
import { run } from "../../../scripts/reproduce/estimators-lqr/task.ts";
import { figureToSvg } from "../../../scripts/figures/index.ts";
import { createDocument } from "../../../scripts/figures/render.ts";
import { lqrReference, type LqrEnvironment } from "../../../envs/index.ts";
import { expectClose } from "../../support/close.ts";

describe("the exact fields of the estimator comparison", () => {
  it.each(exactChecks().map((check) => [check.quantity, check] as const))(
    "%s",
    (_, { ours, derived, tolerance }) => {
      expect(Math.abs(ours - derived)).toBeLessThanOrEqual(tolerance);
    },
  );

  it("are on the grid of the author's script", () => {
    expect(grid).toHaveLength(36);
    expectClose(setting.gains, [-1.7, -1.38, -1.06, -0.74, -0.42, -0.1], 1e-12);
    expectClose(setting.explorations, [0.1, 0.3, 0.5, 0.7, 0.9, 1.1], 1e-12);
  });

  it("are over (k, σ) what the reference of the policy is over (k, log σ)", () => {
    for (const point of grid.slice(0, 8)) {
      const { environment, policy } = problemAt(point);
      const { problem } = environment as LqrEnvironment;
      const truth = lqrReference(problem)(policy, setting.gamma);
      const gradient = gradientOver(truth?.gradient ?? new Float64Array(2), point);
      expectClose(gradient, exactAt(point).vanilla, 1e-9);
    }
  });
});

describe("the errors of estimates", () => {
  it("are angles in degrees, also small ones", () => {
    expect(angleBetween([1, 0], [0, 2])).toBeCloseTo(90, 12);
    expect(angleBetween([1, 1], [-2, -2])).toBeCloseTo(180, 12);
    expect(angleBetween([1, 1e-12], [1, 0])).toBeCloseTo((1e-12 * 180) / Math.PI, 20);
  });

  const fields = [1, 2].map((seed) => run({ seed }));
  const errors = errorsOf(fields);
  const angle = (key: string): number => errorOf(errors, key).vanilla.medianAngle;

  it("fall from REINFORCE over G(PO)MDP and a critic to all actions", () => {
    const order = ["reinforce-plain", "reinforce", "gpomdp", "critic-gae", "all-action-exact"];
    const angles = order.map(angle);
    expect(angles).toEqual(angles.toSorted((a, b) => b - a));
  });

  it("vanish for LSTD-Q, since no transition is random", () => {
    const { ours, derived, tolerance } = lstdCheck(errors);
    expect(Math.abs(ours - derived)).toBeLessThanOrEqual(tolerance);
  });

  it("are those of the part beyond the horizon, in length, where the direction is exact", () => {
    const { relative } = errorOf(errors, "all-action-exact").natural;
    expect(relative).toBeCloseTo(setting.gamma ** setting.steps, 9);
  });

  it("are none where there are fewer trajectories than baselines", () => {
    expect(errorOf(errors, "enac-time-variant")).toMatchObject({ missing: 1 });
  });

  it("leave no comparison that differs", () => {
    const verdicts = comparisonsOf(errors).map(({ verdict }) => verdict);
    expect(verdicts.filter((verdict) => verdict !== "agrees")).toEqual(["qualitative"]);
  });

  it("are drawn beside the exact fields", async () => {
    const document = await createDocument();
    for (const kind of ["vanilla", "natural"] as const) {
      const { figure } = fieldSection(kind, fields[0], errors);
      const svg = figure === undefined ? "" : figureToSvg(figure.draw(document));
      expect(svg).toContain("optimal baseline");
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  it("are the same bits for the same seed", () => {
    expect(run({ seed: 1 })).toEqual(fields[0]);
  });
});
