import { describe, expect, it } from "vitest";
import { findingsOf, type Part, verifyPart } from "../../src/index.ts";
import { noisyPlane } from "../../scripts/commands/verify/built-in.ts";
import * as agents from "./broken-agents.ts";
import { advantages, distributions, fishers, networks } from "./broken-parts.ts";
import * as solvers from "./broken-solvers.ts";
import * as steps from "./broken-steps.ts";

const KL = 0.01;
const environment = noisyPlane();

/** What verification finds wrong with a part. */
const findings = (part: Part) => findingsOf(verifyPart(part));

/** A defect, the rule that catches it, and what the remedy says. */
type Defect = readonly [name: string, part: Part, rule: RegExp, remedy: RegExp];

const others: readonly Defect[] = [
  [
    "a score off by a constant",
    { distribution: distributions.wrongScore },
    /E\[score\] = 0/,
    /constant/,
  ],
  [
    "a score off from log π",
    { distribution: distributions.wrongScore },
    /finite differences/,
    /derive score/,
  ],
  [
    "an M off by a factor",
    { distribution: distributions.wrongFisher },
    /E\[score scoreᵀ\] = M/,
    /applyFisher/,
  ],
  [
    "an M that is no Hessian of KL",
    { distribution: distributions.wrongFisher },
    /Hessian of KL/,
    /applyFisher/,
  ],
  [
    "a log π that is not normalised",
    { distribution: distributions.notNormalised },
    /integrates to 1/,
    /normalising constant/,
  ],
  [
    "samples of another scale",
    { distribution: distributions.variance },
    /samples are of log π/,
    /scale/,
  ],
  ["an entropy in bits", { distribution: distributions.bitsForNats }, /entropy/, /nats/],
  [
    "a product that may not be in place",
    { distribution: distributions.notAliased },
    /write over its argument/,
    /out be v/,
  ],
  ["a J v off by a hundredth", { network: networks.wrongJvp }, /⟨u, Jv⟩ = ⟨Jᵀu, v⟩/, /two maps/],
  [
    "a J v that is no derivative",
    { network: networks.wrongJvp },
    /Jv is the derivative/,
    /derive jvp/,
  ],
  [
    "a Jᵀu that adds to what was there",
    { network: networks.accumulating },
    /linear/,
    /start from zero/,
  ],
  ["a Jᵀu that scales u", { network: networks.scalesU }, /left as they were/, /copy/],
  ["an F that is not symmetric", { fisher: fishers.skew }, /symmetric/, /JᵀMJ/],
  ["an F of the wrong sign", { fisher: fishers.negative }, /positive semidefinite/, /JᵀMJ/],
  [
    "an F with damping inside",
    { fisher: fishers.damped },
    /F v is that of the exact/,
    /approximates/,
  ],
  [
    "an F that depends on the parameters chosen",
    { fisher: fishers.damped },
    /reparametrisation/,
    /metric/,
  ],
  ["an F without weights", { fisher: fishers.unweighted }, /weights/, /ρᵢ/],
  [
    "a solver that always converges",
    { solver: solvers.boastfulCg },
    /agrees with a factorisation/,
    /Cholesky/,
  ],
  [
    "a line search that ignores the KL",
    { step: steps.ignoresKl, kl: KL },
    /every trial is rejected/,
    /KL ≤ δ/,
  ],
  [
    "a bound ten times tighter than it says",
    { step: steps.timid, kl: KL },
    /as far as the bound allows/,
    /2δ/,
  ],
  ["episodes that leak", { advantage: advantages.leaking }, /leak/, /anew/],
  [
    "an agent that forgets its baseline when it is resumed",
    { agent: agents.forgetful, environment },
    /restores the state of another/,
    /in state/,
  ],
  [
    "an agent with a random stream of its own",
    { agent: agents.unseeded, environment },
    /same seed/,
    /random argument/,
  ],
];

describe("a broken part", () => {
  it.each(others)("%s is found, with what to do", (_, part, rule, remedy) => {
    const found = findings(part).find((check) => rule.test(check.rule));
    expect(found?.remedy).toMatch(remedy);
    expect(found?.seen).not.toBe("");
  });
});

describe("what fails is only what is broken", () => {
  it.each([
    ["swapped KL", { distribution: distributions.swappedKl }],
    ["dead warm start", { solver: solvers.deadWarmStart, warmStart: true }],
    ["V(sₜ)", { advantage: advantages.valueBeforeStep }],
    ["compounding", { step: steps.compounding }],
    ["swapped report", { agent: agents.swappedKlAgent, environment }],
    ["forgetting", { agent: agents.forgetful, environment }],
    ["entropy", { distribution: distributions.bitsForNats }],
  ] satisfies [string, Part][])("%s breaks one rule", (_, part) => {
    expect(findings(part)).toHaveLength(1);
  });
});
