import { finite, medianOf, percent, type Rule, shown } from "./finding.ts";

/**
 * σ or entropy as a share of its first value that counts as collapsed: a step of KL δ moves the mean of
 * a Gaussian by at most σ√(2δ), a hundred times less than at the start.
 */
const COLLAPSED = 0.01;
/** How near to a bound counts as at it. */
const AT_BOUND = 0.02;

/** σ at a bound that it was given, where it no longer has a gradient. */
export const boundRule: Rule = ({ recent, agentOptions }) => {
  const [low, high] = [medianOf(recent, "spreadLow"), medianOf(recent, "spreadHigh")];
  const { minStd, maxStd } = agentOptions;
  if (typeof minStd !== "number" || typeof maxStd !== "number" || !(maxStd > 0)) return undefined;
  const air = AT_BOUND * (maxStd - minStd);
  if (low - minStd > air && maxStd - high > air) return undefined;
  const [side, bound] = low - minStd > air ? ["upper", maxStd] : ["lower", minStd];
  return {
    rule: "σ at its bound",
    level: "problem",
    seen: `σ lies in [${shown(low)}, ${shown(high)}] in the median of recent updates, within ${percent(AT_BOUND)} of its ${side} bound ${bound}`,
    advice:
      side === "upper"
        ? "raise --max-std, or look for rewards that pay for noise"
        : "lower --min-std where actions may be exact, else lower --kl: exploration ended early",
    numbers: { low, high, bound },
  };
};

/** Exploration has ended: σ, or the entropy of discrete actions, fell to a small share of its first value. */
export const collapseRule: Rule = ({ records, recent }) => {
  const isGaussian = finite(records, "spreadMean").length > 0;
  const name = isGaussian ? "spreadMean" : "entropy";
  const [first] = finite(records, name);
  const now = medianOf(recent.slice(-Math.ceil(recent.length / 2)), name);
  const share = now / first;
  if (!(first > 0 && share < COLLAPSED)) return undefined;
  const what = isGaussian ? "σ" : "the entropy";
  return {
    rule: "exploration",
    level: "note",
    seen: `${what} fell from ${shown(first)} to ${shown(now)}, ${shown(100 * share)} % of it, less than ${percent(COLLAPSED)}: steps of a given KL hardly move the policy any more`,
    advice: isGaussian
      ? "where the return is not yet good: lower --kl, or keep σ up with --min-std and --max-std"
      : "where the return is not yet good: lower --kl, and more --steps-per-update",
    numbers: { first, now, share },
  };
};

/** Share of clipped actions above which log π tells actions apart that the environment does not. */
const CLIPPED = 0.25;

/** Many actions lie outside the box: a Gaussian at its edge has a half of them there. */
export const clippedRule: Rule = ({ recent }) => {
  const share = medianOf(recent, "clippedActions");
  if (!(share > CLIPPED)) return undefined;
  return {
    rule: "clipped actions",
    level: "problem",
    seen: `${percent(share)} of the actions are clipped to the box in the median of recent updates, more than ${percent(CLIPPED)}: the environment does not see how far outside they were`,
    advice:
      "--squash keeps actions inside, a smaller --log-std starts with less noise, and --max-std bounds it",
    numbers: { share },
  };
};

export const policyRules: readonly Rule[] = [collapseRule, boundRule, clippedRule];
