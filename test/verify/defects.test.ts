import { describe, expect, it } from "vitest";
import { findingsOf, type Part, verifyPart } from "../../src/index.ts";
import { noisyPlane } from "../../scripts/commands/verify/built-in.ts";
import * as agents from "./broken-agents.ts";
import { advantages, distributions } from "./broken-parts.ts";
import * as solvers from "./broken-solvers.ts";
import * as steps from "./broken-steps.ts";

const KL = 0.01;
const environment = noisyPlane();

/** What verification finds wrong with a part. */
const findings = (part: Part) => findingsOf(verifyPart(part));

/** A defect seen in a library of the field, the rule that catches it, and what the remedy says. */
type Defect = readonly [name: string, part: Part, rule: RegExp, remedy: RegExp];

const seenInPeers: readonly Defect[] = [
  ...([
    [
      "conjugate gradient whose p, r and b share storage",
      { solver: solvers.aliasedCg },
      /b is left/,
      /storage of their own/,
    ],
    [
      "conjugate gradient whose p and r share storage",
      { solver: solvers.halfAliasedCg },
      /agrees with a factorisation/,
      /storage of their own/,
    ],
    [
      "a line search that keeps the last rejected step",
      { step: steps.keepsRejected, kl: KL },
      /every trial is rejected/,
      /return 0 after the last trial/,
    ],
    [
      "an agent that keeps the last rejected parameters",
      { agent: agents.keepsRejectedTheta, environment },
      /rejected update leaves it/,
      /restore θ: the last trial's/,
    ],
    [
      "an expected improvement that compounds",
      { step: steps.compounding },
      /at once or never/,
      /compounds/,
    ],
    [
      "V(sₜ) for V(sₜ₊₁) at a time limit",
      { advantage: advantages.valueBeforeStep },
      /time limit bootstraps/,
      /lastObservations, not from the last row/,
    ],
    [
      "a step that is 1 where it is NaN",
      { step: steps.hidesNan, kl: KL },
      /NaN or negative gives no step/,
      /do not replace NaN/,
    ],
    [
      "a direction that is 0 where it is NaN",
      { solver: solvers.hidingCg },
      /neither hidden nor thrown/,
      /neither replace NaN/,
    ],
    [
      "an agent that hides NaN",
      { agent: agents.hidesNanAgent, environment },
      /not finite reject the update/,
      /neither replace NaN/,
    ],
    [
      "a step rule that dies on NaN",
      { step: steps.diesOnNan, kl: KL },
      /NaN or negative gives no step/,
      /numerics report/,
    ],
    [
      "a solver that dies on NaN",
      { solver: solvers.dyingCg },
      /neither hidden nor thrown/,
      /numerics report/,
    ],
    [
      "an agent that dies on NaN",
      { agent: agents.diesAgent, environment },
      /not finite reject the update/,
      /numerics report/,
    ],
    [
      "a NaN root that becomes θ",
      { agent: agents.nanRoot, environment },
      /not finite reject the update/,
      /look at the batch before θ/,
    ],
    [
      "a root of |wᵀFw|",
      { step: steps.absoluteRoot, kl: KL },
      /NaN or negative gives no step/,
      /no root of \|wᵀFw\|/,
    ],
    [
      "a curvature made positive",
      { solver: solvers.absoluteCg },
      /indefinite matrix is reported/,
      /no abs/,
    ],
    [
      "a step that lowers the surrogate",
      { step: steps.lowersSurrogate, kl: KL },
      /lowers the surrogate/,
      /only gain > 0/,
    ],
    [
      "a dead warm start",
      { solver: solvers.deadWarmStart, warmStart: true },
      /warm start/,
      /start from the last solution/,
    ],
    [
      "KL(q ‖ p) for KL(p ‖ q)",
      { distribution: distributions.swappedKl },
      /KL\(p ‖ q\) = E_p/,
      /direction is swapped/,
    ],
    [
      "KL(new ‖ old) reported as KL(old ‖ new)",
      { agent: agents.swappedKlAgent, environment },
      /reported KL is KL\(old ‖ new\)/,
      /direction is swapped/,
    ],
    [
      "a time limit taken for a termination",
      { advantage: advantages.limitIsTermination },
      /time limit bootstraps/,
      /goes on behind the limit/,
    ],
    [
      "a termination that bootstraps",
      { advantage: advantages.terminationBootstraps },
      /does not bootstrap/,
      /1 − terminated/,
    ],
    [
      "a bound of the KL that is a learning rate, as a rule",
      { step: steps.learningRate, kl: KL },
      /predicted KL, ½α²wᵀFw, is at most/,
      /learning rate/,
    ],
    [
      "a bound of the KL that is a learning rate, as an agent",
      { agent: agents.learningRateAgent, environment, kl: KL },
      /whatever the scale of the rewards/,
      /learning rate/,
    ],
  ] satisfies Defect[]),
];

describe("a defect seen in other libraries", () => {
  it.each(seenInPeers)("%s is found, with what to do", (_, part, rule, remedy) => {
    const found = findings(part).find((check) => rule.test(check.rule));
    expect(found?.remedy).toMatch(remedy);
    expect(found?.seen).not.toBe("");
  });
});
