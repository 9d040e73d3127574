import { describe, expect, it } from "vitest";
import {
  expansionChecks,
  meanCheck,
  pairChecks,
  pairClaim,
} from "../../../scripts/reproduce/kl-expansion/checks.ts";
import { expand, expansionCases } from "../../../scripts/reproduce/kl-expansion/expansion.ts";
import { pairDivergences } from "../../../scripts/reproduce/kl-expansion/pairs.ts";

describe("the two pairs of Gaussians", () => {
  const divergences = pairDivergences();

  it.each(pairChecks(divergences))("$quantity is $derived", ({ derived, ours, tolerance }) => {
    expect(Math.abs(ours - derived)).toBeLessThanOrEqual(tolerance);
  });

  it("are as the report says with standard deviations, and the other way round with variances", () => {
    expect(pairClaim(divergences)).toMatchObject({
      published: "first",
      ours: "first as standard deviations, second as variances",
    });
  });
});

describe("KL − ½ δᵀFδ", () => {
  const expansions = expansionCases.map(expand);

  it.each(expansionChecks(expansions))("$quantity is $derived", ({ derived, ours, tolerance }) => {
    expect(Math.abs(ours - derived)).toBeLessThanOrEqual(tolerance);
  });

  it("is of third order, and of fourth where the third cancels", () => {
    const orders = expansions.map(({ leading }) =>
      [leading.forward, leading.reverse, leading.symmetrised].map(({ order }) => order),
    );
    expect(orders).toEqual([
      [3, 3, 3],
      [3, 3, 4],
      [3, 3, 3],
      [4, 4, 4],
    ]);
  });

  it("vanishes for Gaussians whose means alone differ, to rounding", () => {
    const { ours, tolerance } = meanCheck();
    expect(ours).toBeLessThan(tolerance);
  });
});
