import { describe, expect, it } from "vitest";
import { checks } from "../../../scripts/reproduce/units/checks.ts";
import {
  descend,
  deviation,
  firstSteps,
  methods,
  updatesUntil,
} from "../../../scripts/reproduce/units/descent.ts";
import { centred, inputs } from "../../../scripts/reproduce/units/problem.ts";
import { DONE, spectrumOf } from "../../../scripts/reproduce/units/spectrum.ts";

const spectra = inputs.map(spectrumOf);
const runs = methods.flatMap((method) => inputs.map((one) => descend(method, one)));

describe("linear regression on years", () => {
  it.each(checks({ spectra, runs, steps: firstSteps() }))(
    "gives $quantity as derived, $derived",
    ({ derived, ours, tolerance }) => {
      expect(Math.abs(ours - derived)).toBeLessThanOrEqual(tolerance);
    },
  );

  it("takes gradient descent on centred years as many updates as the eigenvalues say", () => {
    const run = descend("gradient", centred);
    expect(updatesUntil(DONE, run)).toBe(Math.ceil(spectrumOf(centred).gradientUpdates));
  });

  it("leaves gradient descent standing with any other inputs", () => {
    for (const run of runs) {
      if (run.method !== "gradient" || run.inputs === centred) continue;
      expect(run.losses[run.losses.length - 1]).toBeGreaterThan(0.04 * run.losses[0]);
    }
  });

  it("takes the natural gradient along one path, less exactly with two years nearly a constant", () => {
    const natural = runs.filter(({ method }) => method === "natural");
    const [years, ...moved] = natural.map(deviation);
    for (const off of moved) expect(off).toBeLessThan(1e-14);
    expect(years).toBeGreaterThan(1e-13);
    expect(years).toBeLessThan(1e-8);
  });
});
