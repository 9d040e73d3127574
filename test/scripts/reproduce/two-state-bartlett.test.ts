import { describe, expect, it } from "vitest";
import {
  pointChecks,
  runChecks,
  stepChecks,
} from "../../../scripts/reproduce/two-state-bartlett/checks.ts";
import { methods, runSettings } from "../../../scripts/reproduce/two-state-bartlett/runs.ts";
import { systems } from "../../../scripts/reproduce/two-state-bartlett/systems.ts";
import { expectClose } from "../../support/close.ts";
import { runs as derivedRuns } from "../../support/tabular.ts";

describe("the two states of Peters' policy gradient library", () => {
  it.each(pointChecks())("have $quantity as derived, $derived", (check) => {
    expect(Math.abs(check.ours - check.derived)).toBeLessThanOrEqual(check.tolerance);
  });
});

describe("the runs of Peters' policy gradient library", () => {
  const runs = runChecks();

  it("are those of three problems from two starts by two methods", () => {
    const expected = systems.flatMap(({ id }) =>
      runSettings.starts.flatMap((start) =>
        methods.map((method) => `${id} ${start.join(" ")} ${method}`),
      ),
    );
    const ours = runs.map(({ system, run }) => `${system.id} ${run.start.join(" ")} ${run.method}`);
    expect(ours).toEqual(expected);
  });

  it.each(stepChecks(runs))("take, $quantity, as many as derived, $derived", (check) => {
    expect(check.ours).toBe(check.derived);
  });

  it("end where the runs made with numpy end", () => {
    runs.forEach(({ system, run, derived }, i) => {
      const made = derivedRuns[i];
      expect([made.system, made.method]).toEqual([system.id, run.method]);
      expectClose(run.path[run.path.length - 1], made.last, 1e-9);
      made.last.forEach((value, k) => expect(derived.last[k]).toBeCloseTo(value, 6));
    });
  });

  it("stay inside the square until their last step", () => {
    for (const { run } of runs) {
      const margin = runSettings.margin[run.method];
      const inside = run.path.map((theta) =>
        theta.every((value) => value > margin && value < 1 - margin),
      );
      expect(inside.indexOf(false)).toBe(run.path.length - 1);
    }
  });
});
