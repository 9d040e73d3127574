import { describe, expect, it } from "vitest";
import { checks } from "../../../scripts/reproduce/logistic/checks.ts";
import { fullLength, runExperiment } from "../../../scripts/reproduce/logistic/experiment.ts";
import {
  createProblem,
  leastMargin,
  lossOf,
  settings,
} from "../../../scripts/reproduce/logistic/problem.ts";
import { gradientOf } from "../../support/finite-differences.ts";

const { iterations } = settings;
const experiment = runExperiment({ ...fullLength, long: iterations });
const rises = (losses: readonly number[]): boolean =>
  losses.every((loss, k) => k === 0 || loss > losses[k - 1]);

describe("logistic regression after the lecture note", () => {
  it.each(checks(experiment))("gives $quantity as derived, $derived", (check) => {
    expect(Math.abs(check.ours - check.derived)).toBeLessThanOrEqual(check.tolerance);
  });

  it("starts at log 2, from where the listing as printed rises and every mended method falls", () => {
    expect(experiment.printed.losses[0]).toBeCloseTo(Math.LN2, 14);
    expect(rises(experiment.printed.losses)).toBe(true);
    expect(experiment.runs).toHaveLength(5);
    for (const { losses } of experiment.runs) expect(rises([...losses].reverse())).toBe(true);
  });

  it("has a maximum without an intercept, where the labels are not parted", () => {
    const problem = createProblem();
    const { theta } = experiment.optimum;
    const slope = gradientOf((x) => lossOf(problem, x), theta);
    for (const component of slope) expect(Math.abs(component)).toBeLessThan(1e-9);
    expect(leastMargin(problem, theta)).toBeLessThan(0);
  });

  it("has none with an intercept: natural steps part the labels, and twice that θ is more likely", () => {
    const problem = createProblem({ intercept: true });
    const natural = experiment.separated.find(({ method }) => method === "natural");
    const theta = natural?.thetas[20] ?? [];
    expect(leastMargin(problem, theta)).toBeGreaterThan(0);
    const doubled = Float64Array.from(theta, (x) => 2 * x);
    expect(lossOf(problem, doubled)).toBeLessThan(lossOf(problem, Float64Array.from(theta)));
  });
});
