import { gradientQuality, mean, standardDeviation } from "../../../src/index.ts";
import { finite, medianOf, percent, type Rule, shown } from "./finding.ts";
import { column } from "./records.ts";

/** Explained variance below which a baseline costs more than leaving it out, which gives 0. */
const HARMFUL = -0.05;

/** The baseline adds variance. */
export const baselineRule: Rule = ({ recent, agentOptions: { baseline } }) => {
  const explained = medianOf(recent, "explainedVariance");
  if (!(explained < HARMFUL)) return undefined;
  return {
    rule: "baseline",
    level: "problem",
    seen: `the baseline explains ${percent(explained)} of the variance of the returns in the median of recent updates, below ${percent(HARMFUL)}: it adds noise`,
    advice:
      baseline === "network"
        ? "--baseline ridge, or more --steps-per-update; --baseline zero would be better than this one"
        : "more --steps-per-update, or --baseline network where values are no quadratic of the observation",
    numbers: { explained },
  };
};

/** Split-half cosine at which the signal is 2c/(1 − c) = 0.22 of the noise, and cos∠(g, ∇J) is 0.43. */
const NOISY = 0.1;
/** Standard errors on top of the mean that it has to stay below. */
const SURE = 2;

/** The gradient is mostly noise. */
export const noiseRule: Rule = ({ recent, stepsPerUpdate }) => {
  const cosines = finite(recent, "halvesCosine");
  const cosine = mean(cosines);
  const error = standardDeviation(cosines) / Math.sqrt(cosines.length);
  const most = cosine + SURE * error;
  if (!(most < NOISY)) return undefined;
  // What the data allow at best, so that the number of steps is a lower bound.
  const { signalToNoise } = gradientQuality(Math.max(most, 0));
  const factor = 1 / signalToNoise;
  const needed = Number.isFinite(factor)
    ? `a batch whose signal equals its noise takes at least ${shown(factor)} times as many steps, ${shown(factor * stepsPerUpdate)}`
    : "how many more steps would do cannot be told";
  return {
    rule: "noise of the gradient",
    level: "problem",
    seen: `gradients of the two halves of a batch have a mean cosine of ${shown(cosine)} ± ${shown(error)}, surely below ${NOISY}: g is mostly noise, as it also is at an optimum`,
    advice: `where the return is not yet good, more --steps-per-update (${needed}), a smaller --lambda or a better --baseline`,
    numbers: { cosine, error, ...(Number.isFinite(factor) && { factor }) },
  };
};

/** Episodes in a batch below which returns and gradients are of single episodes. */
const FEW_EPISODES = 2;

/** Batches of less than two episodes. */
export const episodesRule: Rule = ({ recent, stepsPerUpdate }) => {
  const episodes = medianOf(recent, "episodes");
  if (!(episodes < FEW_EPISODES)) return undefined;
  const length = medianOf(recent, "meanLength");
  const some = Number.isFinite(length) ? `, each of about ${shown(length)} steps,` : "";
  const enough = Number.isFinite(length) ? `, such as ${Math.ceil(10 * length)}` : "";
  return {
    rule: "episodes of a batch",
    level: "problem",
    seen: `${shown(episodes)} episodes${some} end in the median batch of ${stepsPerUpdate} steps, fewer than ${FEW_EPISODES}: what is known of a policy is one episode or none`,
    advice: `more --steps-per-update${enough}, or a --time-limit`,
    numbers: { episodes, ...(Number.isFinite(length) && { length }) },
  };
};

/** Updates of the last third from which a trend can be told. */
const FEWEST = 10;

/**
 * The return of the last third has no trend that is significant at two standard errors of the
 * least-squares line, while steps went on.
 */
export const flatRule: Rule = ({ records }) => {
  const last = records.slice(-Math.ceil(records.length / 3));
  const points = column(last, "meanReturn").flatMap((y, x) => (Number.isFinite(y) ? [[x, y]] : []));
  if (points.length < FEWEST) return undefined;
  const { slope, error } = lineThrough(points);
  const used = finite(last, "kl").reduce((sum, kl) => sum + kl, 0);
  if (slope > SURE * error || used === 0) return undefined;
  const [rise, uncertainty] = [slope, error].map((value) => value * (last.length - 1));
  const falls = slope < -SURE * error;
  return {
    rule: "return",
    level: falls ? "problem" : "note",
    seen: `the return ${falls ? "falls" : "has no trend"} over the last ${last.length} updates, ${shown(rise)} ± ${shown(uncertainty)}, while steps used ${shown(used)} nats of KL`,
    advice: falls
      ? "lower --kl, and see the other findings for why steps do not gain"
      : "at an optimum nothing is left to do; where the return is not yet good, other findings may tell why, and natgrad compare whether other seeds get further",
    numbers: { rise, uncertainty, used },
  };
};

/** The slope of the least-squares line, and its standard error. */
function lineThrough(points: readonly (readonly number[])[]): { slope: number; error: number } {
  const [centre, height] = [0, 1].map((k) => mean(points.map((point) => point[k])));
  const spread = points.reduce((sum, [x]) => sum + (x - centre) ** 2, 0);
  const slope = points.reduce((sum, [x, y]) => sum + (x - centre) * (y - height), 0) / spread;
  const left = points.reduce((sum, [x, y]) => sum + (y - height - slope * (x - centre)) ** 2, 0);
  return { slope, error: Math.sqrt(left / (points.length - 2) / spread) };
}

export const batchRules: readonly Rule[] = [flatRule, noiseRule, baselineRule, episodesRule];
