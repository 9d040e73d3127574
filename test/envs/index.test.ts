import { describe, expect, it } from "vitest";
import { environments } from "../../envs/index.ts";
import { createRandom, policyFor } from "../../src/index.ts";

describe("the registry of environments", () => {
  it.each(Object.entries(environments))(
    "makes %s under its own name, with a summary",
    (name, entry) => {
      expect(entry.create().name).toBe(name);
      expect(entry.summary).not.toBe("");
      expect(entry.summary).not.toContain("\n");
    },
  );

  it.each(Object.entries(environments).filter(([, { reference }]) => reference))(
    "knows the ground truth of the default policy of %s",
    (_, entry) => {
      const environment = entry.create();
      const policy = policyFor(environment, createRandom(0));
      const truth = entry.reference?.(environment)(policy, 0.9);
      expect(truth?.gradient).toHaveLength(policy.theta.length);
      expect(truth?.naturalGradient).toHaveLength(policy.theta.length);
      expect(truth?.optimalReturn).toBeGreaterThanOrEqual(truth?.return ?? Infinity);
    },
  );

  it("has the linear-quadratic regulator", () => {
    expect(Object.keys(environments)).toContain("lqr");
  });
});
