import { describe, expect, it } from "vitest";
import { findingsOf, type Part, verifyPart } from "../../src/index.ts";
import { builtIn, noisyPlane } from "../../scripts/commands/verify/built-in.ts";
import * as agents from "./broken-agents.ts";
import * as solvers from "./broken-solvers.ts";
import * as steps from "./broken-steps.ts";

const KL = 0.01;
const environment = noisyPlane();

/** What verification finds wrong with a part. */
const findings = (part: Part) => findingsOf(verifyPart(part));

describe("a part without a defect", () => {
  it.each(Object.keys(builtIn))("natgrad's %s passes every check", (name) => {
    expect(findings(builtIn[name])).toEqual([]);
  });

  const controls: readonly [string, Part][] = [
    ["conjugate gradient as printed", { solver: solvers.soundCg }],
    ["a line search by halves", { step: steps.soundSearch, kl: KL }],
    ["a line search by the ratio of gains", { step: steps.ratioSearch, kl: KL }],
    ["√(δ / wᵀFw)", { step: steps.halfBound, kl: KL }],
    ["a composition of parts", { agent: agents.soundAgent, environment, kl: KL }],
  ];
  it.each(controls)("%s, of which broken copies follow, passes", (_, part) => {
    expect(findings(part)).toEqual([]);
  });
});
