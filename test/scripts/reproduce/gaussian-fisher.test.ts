import { describe, expect, it } from "vitest";
import {
  constant,
  createRows,
  diagonalGaussian,
  empiricalFisher,
  materialise,
} from "../../../src/index.ts";
import {
  invarianceChecks,
  momentChecks,
  momentPathCheck,
  orderChecks,
  printedChecks,
  waysChecks,
} from "../../../scripts/reproduce/gaussian-fisher/checks.ts";
import { deviations } from "../../../scripts/reproduce/gaussian-fisher/descent.ts";
import { parametrisations } from "../../../scripts/reproduce/gaussian-fisher/parametrisations.ts";
import {
  centralMoments,
  points,
  sampleScores,
  threeWays,
} from "../../../scripts/reproduce/gaussian-fisher/three-ways.ts";
import { expectClose } from "../../support/close.ts";

const SAMPLES = 10_000;
const ways = points.map(({ mu, sigma }) => threeWays(mu, sigma, SAMPLES));
const deviated = deviations(parametrisations);

describe("the Fisher metric of a Gaussian", () => {
  it.each([
    ...printedChecks(ways),
    ...waysChecks(ways),
    ...invarianceChecks(),
    ...momentChecks(centralMoments(SAMPLES)),
    momentPathCheck(parametrisations),
    ...orderChecks(deviated),
  ])("$quantity is $derived", ({ derived, ours, tolerance }) => {
    expect(Math.abs(ours - derived)).toBeLessThanOrEqual(tolerance);
  });

  it("has as covariance of the score what empiricalFisher computes from the same samples", () => {
    const [{ mu, sigma }] = points;
    const eta = [mu, Math.log(sigma)];
    const { actions } = sampleScores(eta, SAMPLES);
    const point = constant(eta).linearisation(SAMPLES);
    point.at(Float64Array.from(eta), createRows(SAMPLES, 0));
    const weights = new Float64Array(SAMPLES).fill(1 / SAMPLES);
    const f = materialise(empiricalFisher().at(point, diagonalGaussian(1), actions, weights));
    expectClose([f.get(0, 0), f.get(0, 1), f.get(1, 1)], ways[0].covariance, 1e-12);
  });

  it("is followed from parametrisation to parametrisation by natural steps only", () => {
    const smallest = (method: string): number[] =>
      deviated.filter((one) => one.method === method).map(({ distances }) => distances[7]);
    for (const distance of smallest("natural")) expect(distance).toBeLessThan(1e-3);
    const [, ...others] = smallest("vanilla");
    for (const distance of others) expect(distance).toBeGreaterThan(0.04);
  });
});

describe.each(parametrisations)("the parametrisation $name", ({ of, moments, network }) => {
  it("gives back μ and σ, by its formula and by its network", () => {
    for (const { mu, sigma } of points) {
      const xi = of(mu, sigma);
      expectClose(moments(xi), [mu, sigma], 1e-14);
      const point = network(xi).linearisation(1);
      point.at(Float64Array.from(xi), createRows(1, 0));
      expectClose(point.outputs.data, [mu, Math.log(sigma)], 1e-13);
    }
  });
});
