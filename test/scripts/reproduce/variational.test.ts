import { describe, expect, it } from "vitest";
import { createRandom, createRows, rowsFrom } from "../../../src/index.ts";
import { checks } from "../../../scripts/reproduce/variational/checks.ts";
import {
  arrivalOf,
  meanFieldPlan,
  plansFor,
  runPlan,
  sampledSteps,
} from "../../../scripts/reproduce/variational/experiment.ts";
import { decisions, elboOf } from "../../../scripts/reproduce/variational/inference.ts";
import {
  meanAndFactor,
  meanAndScale,
  meanField,
} from "../../../scripts/reproduce/variational/parameters.ts";
import { createModel, family, klOf } from "../../../scripts/reproduce/variational/problem.ts";
import { quadrature } from "../../../scripts/reproduce/variational/quadrature.ts";
import { jacobianOf } from "../../support/finite-differences.ts";
import { relativeError } from "../../support/close.ts";

const model = createModel();
const runs = plansFor(20).map((plan) => runPlan(model, plan));
const all = { model, runs, meanField: runPlan(model, meanFieldPlan), sampled: sampledSteps(model) };

describe("variational inference by natural gradients", () => {
  it.each(checks(all))("gives $quantity as derived, $derived", ({ derived, ours, tolerance }) => {
    expect(Math.abs(ours - derived)).toBeLessThanOrEqual(tolerance);
  });

  it("arrives in one update in natural parameters, and not in other ones or with half the step", () => {
    expect(runs.slice(0, 4).map(arrivalOf)).toEqual([1, 10, 11, undefined]);
  });

  it("is not near after twenty updates of gradient ascent of any step", () => {
    for (const { divergences } of runs.slice(3)) expect(divergences[20]).toBeGreaterThan(1);
  });

  it("needs the baseline for a step without noise, and the empirical matrix", () => {
    const [exact, ...noisy] = all.sampled.map(({ divergences }) => divergences);
    for (const divergences of noisy) {
      expect(Math.min(...divergences)).toBeGreaterThan(1e6 * Math.max(...exact));
    }
  });
});

describe("the ELBO by quadrature", () => {
  it("is log p(y) − KL(q ‖ posterior) at any q", () => {
    const evidence = elboOf(model, model.posterior);
    for (const eta of [model.prior, [1, -2, 3, 0.5, 2]]) {
      const elbo = evidence - klOf(eta, model.posterior);
      expect(Math.abs(elboOf(model, eta) / elbo - 1)).toBeLessThan(1e-13);
    }
  });

  it("takes its points from the family’s own sample: their moments are those of q", () => {
    // N((1, 2), [[2, 1], [1, 1]]) has Λ = [[1, −1], [−1, 2]] and h = (−1, 3).
    const eta = rowsFrom(Array.from(quadrature.weights, () => [-1, 3, 1, -1, 2]));
    const { data } = quadrature.points(family, eta);
    const moment = (of: (a: number, b: number) => number): number =>
      quadrature.weights.reduce((sum, w, i) => sum + w * of(data[2 * i], data[2 * i + 1]), 0);
    expect(moment(() => 1)).toBeCloseTo(1, 14);
    expect(moment((a) => a)).toBeCloseTo(1, 14);
    expect(moment((_, b) => b)).toBeCloseTo(2, 14);
    expect(moment((a, b) => (a - 1) * (b - 2))).toBeCloseTo(1, 13);
    expect(moment((a) => (a - 1) ** 4)).toBeCloseTo(3 * 2 ** 2, 12);
  });

  it("has a reward that is constant where q is the posterior", () => {
    const eta = rowsFrom([model.posterior, model.posterior]);
    const { rewards } = decisions(
      model,
      eta,
      rowsFrom([
        [0, 0],
        [3, -1],
      ]),
    );
    expect(rewards[0]).toBeCloseTo(rewards[1], 10);
  });
});

describe.each([
  ["mean and factor of the precision", meanAndFactor],
  ["mean and log scale", meanAndScale],
  ["mean field", meanField],
] as const)("the parameters %s", (_, make) => {
  const eta = [-1, 3, 1, make === meanField ? 0 : -0.5, 2];
  const network = make(eta);
  const point = network.linearisation(1);
  const etaAt = (xi: Float64Array): Float64Array => {
    point.at(xi, createRows(1, 0));
    return point.outputs.data.slice();
  };
  const xi = new Float64Array(network.parameterCount);
  network.initialise(xi, createRandom(0));

  it("start at the η asked for", () => {
    expect(relativeError(etaAt(xi), eta)).toBeLessThan(1e-14);
  });

  it("have the Jacobian of their finite differences", () => {
    const differences = jacobianOf(etaAt, xi);
    etaAt(xi);
    for (let k = 0; k < xi.length; k++) {
      const along = createRows(1, eta.length);
      point.jvp(
        xi.map((__, i) => (i === k ? 1 : 0)),
        along,
      );
      const column = differences.map((row) => row[k]);
      expect(relativeError(along.data, column)).toBeLessThan(1e-6);
    }
  });
});
