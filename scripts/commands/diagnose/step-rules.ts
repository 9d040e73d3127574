import { median } from "../../../src/index.ts";
import { finite, medianOf, percent, type Rule, shown, stepped } from "./finding.ts";
import { reasonsOf } from "./reasons.ts";

/** ‖g − (F + λI)w‖/‖g‖ above which w is another direction: a tenth of g is then left out of account. */
const LARGE_RESIDUAL = 0.1;

/** The solves stop too early. */
export const residualRule: Rule = ({ recent }) => {
  const residual = medianOf(recent, "solveResidual");
  if (!(residual > LARGE_RESIDUAL)) return undefined;
  const iterations = medianOf(recent, "solveIterations");
  return {
    rule: "residual of the solves",
    level: "problem",
    seen: `the median residual of recent solves is ${shown(residual)} after ${shown(iterations)} iterations, above ${LARGE_RESIDUAL}: w is far from the natural gradient`,
    advice: "raise --iterations, or --damping, which makes the system easier to solve",
    numbers: { residual, iterations },
  };
};

/** λ·gᵀw/‖g‖² above which the damping decides the direction. */
const MOSTLY_DAMPING = 0.95;

/**
 * Damping beyond the spectrum of F: with w = (F + λI)⁻¹g, λ·gᵀw/‖g‖² is the mean of λ/(λ + f) over the
 * eigenvalues f weighted by g, and 1 where w = g/λ, the vanilla gradient. Steps of a fixed KL hide it.
 */
export const dampingRule: Rule = ({ recent, agentOptions }) => {
  if (!("damping" in agentOptions)) return undefined;
  const shares = recent.map(
    ({ damping, slope, gradientNorm }) =>
      (Number(damping) * Number(slope)) / Number(gradientNorm) ** 2,
  );
  const share = median(shares.filter(Number.isFinite));
  if (!(share > MOSTLY_DAMPING)) return undefined;
  const damping = medianOf(recent, "damping");
  return {
    rule: "damping",
    level: "problem",
    seen: `with the damping λ = ${shown(damping)} the direction is ${percent(share)} that of the vanilla gradient (λ·gᵀw/‖g‖², more than ${percent(MOSTLY_DAMPING)})`,
    advice: "lower --damping, tenfold at a time, as long as the residuals stay small",
    numbers: { share, damping },
  };
};

/** Measured over predicted KL beyond which ½α²wᵀFw no longer describes the step. */
const KL_RATIO = 2;
/** Below it, single-precision sums of the KL are mostly rounding. */
const TINY_KL = 1e-6;

/** The quadratic model of the KL fails. */
export const klRule: Rule = ({ recent }) => {
  const taken = stepped(recent);
  const ratios = taken.map(({ kl, predictedKl }) => Number(kl) / Number(predictedKl));
  const ratio = median(ratios.filter(Number.isFinite));
  if (!(ratio > KL_RATIO || ratio < 1 / KL_RATIO)) return undefined;
  const predictedKl = medianOf(taken, "predictedKl");
  return {
    rule: "predicted and measured KL",
    level: "problem",
    seen: `the measured KL is ${shown(ratio)} times the predicted ${shown(predictedKl)} nats in the median of recent steps, outside [${1 / KL_RATIO}, ${KL_RATIO}]`,
    advice: klAdvice(ratio, predictedKl < TINY_KL),
    numbers: { ratio, predictedKl },
  };
};

function klAdvice(ratio: number, tiny: boolean): string {
  if (tiny) return "so small a KL is rounding: raise --kl, or train with --kernel float64";
  return ratio > 1
    ? "steps leave the region where the KL is quadratic: lower --kl, or raise --damping"
    : "steps do less than they should, as where σ is at its bound, θ is projected or a softmax is saturated: lower --kl, or look at the entropy and σ";
}

/** Kish's share of a Gaussian step of 0.35 nats: share = e^{−d²}, KL = d²/2. */
const LOW_SHARE = 0.5;

/** Steps so long that the batch hardly tells what they do. */
export const effectiveShareRule: Rule = ({ recent, stepsPerUpdate }) => {
  const share = medianOf(stepped(recent), "effectiveShare");
  if (!(share < LOW_SHARE)) return undefined;
  return {
    rule: "effective sample size",
    level: "problem",
    seen: `after the median step the batch is worth ${percent(share)} of its ${stepsPerUpdate} steps as a sample of the new policy, less than ${percent(LOW_SHARE)}`,
    advice: "lower --kl: measured gains and KL are of few steps then, and mean little",
    numbers: { share },
  };
};

/** Share of the full step that the line search leaves. */
const SHORT = 0.5;

/** The line search undoes most of the step. */
export const shrunkRule: Rule = ({ recent, agentOptions }) => {
  const backtracks = medianOf(stepped(recent), "backtracks");
  const factor = typeof agentOptions.factor === "number" ? agentOptions.factor : 0.8;
  const left = factor ** backtracks;
  if (!(left < SHORT)) return undefined;
  return {
    rule: "line search",
    level: "problem",
    seen: `the line search shortens the median step ${shown(backtracks)} times, to ${percent(left)} of its length, less than ${percent(SHORT)}`,
    advice: "lower --kl, or raise --damping: full steps break the bound or do not gain",
    numbers: { backtracks, left },
  };
};

/** Share of the updates without a step that stops learning. */
const OFTEN = 0.3;

/** Steps are rejected or postponed; the most frequent reason decides what to do. */
export const rejectedRule: Rule = ({ recent }) => {
  const reasons = reasonsOf(recent);
  const total = reasons.reduce((sum, { count }) => sum + count, 0);
  const share = total / recent.length;
  if (!(share > OFTEN)) return undefined;
  const [{ reason, count }] = reasons;
  return {
    rule: "updates without a step",
    level: "problem",
    seen: `${total} of the ${recent.length} recent updates took no step, more than ${percent(OFTEN)}, ${count} of them: ${reason}`,
    advice: remedyOf(reason),
    numbers: { share, total, count },
  };
};

function remedyOf(reason: string): string {
  const remedies: readonly [RegExp, string][] = [
    [
      /no step accepted/,
      "no trial gained within the bound, which is noise of the advantages: more --steps-per-update, a better --baseline, or a smaller --kl",
    ],
    [/not positive definite|curvature|does not ascend/, "raise --damping"],
    [
      /gradient is zero/,
      "all advantages are equal: look whether rewards differ, natgrad check ENV",
    ],
    [
      /hold|not finite|has gain/,
      "numbers overflow: look at the scale of rewards and observations with natgrad check ENV, lower --kl",
    ],
    [
      /^postponed/,
      "the agent waits for steadier directions or more batches: more --steps-per-update",
    ],
  ];
  return (
    remedies.find(([pattern]) => pattern.test(reason))?.[1] ?? "lower --kl, or raise --damping"
  );
}

/** KL by θ and statistics together over KL by the step alone. */
const MOVED = 2;

/** Running statistics of observations move the policy more than its steps do. */
export const normaliserRule: Rule = ({ recent }) => {
  if (finite(recent, "movedKl").length === 0) return undefined;
  const [movedKl, kl] = [medianOf(stepped(recent), "movedKl"), medianOf(stepped(recent), "kl")];
  if (!(movedKl > MOVED * kl)) return undefined;
  return {
    rule: "normalised observations",
    level: "problem",
    seen: `steps and statistics of the observations together move the policy by ${shown(movedKl)} nats, steps alone by ${shown(kl)}, less than 1/${MOVED} of it`,
    advice:
      "more --steps-per-update, or scale observations in the environment and leave out --normalise-observations",
    numbers: { movedKl, kl },
  };
};

export const stepRules: readonly Rule[] = [
  ...[rejectedRule, residualRule, dampingRule, klRule],
  ...[shrunkRule, effectiveShareRule, normaliserRule],
];
