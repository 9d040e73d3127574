import type { Proposal, StepRule, Trial } from "../step/step-rule.ts";
import {
  type Check,
  type Checklist,
  counted,
  createChecklist,
  type Measured,
  shown,
} from "./verify.ts";

export interface StepRuleCase {
  /** δ, where the rule promises that steps have a KL of it, or of at most it. */
  readonly kl?: number;
}

/** A rule's answer to a proposal, with the trials that it made. */
interface Answer {
  readonly alpha: number;
  readonly tried: readonly number[];
}

type Measure = (alpha: number) => Trial;

const good: Measure = () => ({ gain: 1, kl: 0 });

/** Asks the rule about a proposal whose trials follow `trial`. */
function ask(rule: StepRule, trial: Measure, given: Partial<Proposal> = {}): Answer {
  const tried: number[] = [];
  const { slope = 1, curvature = 2 } = given;
  const { dampedCurvature = curvature } = given;
  const alpha = rule({
    ...{ slope, curvature, dampedCurvature },
    trial: (at) => {
      tried.push(at);
      return trial(at);
    },
  });
  return { alpha, tried };
}

const isStep = (alpha: number): boolean => alpha > 0 && alpha < Infinity;

/**
 * Holds a step rule against its contract on scripted proposals: steps are numbers, a rejection is 0, a
 * trial that is bad is not taken, and a bound of the KL is one.
 */
export function verifyStepRule(make: () => StepRule, { kl }: StepRuleCase = {}): Check[] {
  const list = createChecklist();
  list.hold("a good proposal is answered by a step", "return α > 0 where trials are good", () => {
    const answers = [1e-3, 2, 1e4].map((curvature) => ask(make(), good, { curvature }).alpha);
    return counted(answers.filter((alpha) => !isStep(alpha)).map((alpha) => `α = ${alpha}`));
  });
  const once = ask(make(), good);
  list.hold("the same proposal gives the same step", "decide by the proposal alone", () => {
    const again = ask(make(), good);
    return counted(
      Object.is(once.alpha, again.alpha) ? [] : [`${once.alpha}, then ${again.alpha}`],
    );
  });
  verifyNumbers(list, make);
  if (once.tried.length > 0) verifySearch(list, make);
  if (kl !== undefined) verifyBound(list, make, kl);
  return [...list.checks];
}

function verifyNumbers(list: Checklist, make: () => StepRule): void {
  const uses = ask(make(), good).alpha !== ask(make(), good, { curvature: 8 }).alpha;
  const remedy =
    "let NaN through or return 0, which reject the update; do not replace NaN by a step, take no root of |wᵀFw|, and do not throw";
  list.hold("a curvature that is NaN or negative gives no step, and no exception", remedy, () => {
    if (!uses) return counted([]);
    const curvatures = [NaN, -2, Infinity];
    return counted(
      curvatures.flatMap((curvature) => {
        const { alpha } = ask(make(), good, { curvature });
        return isStep(alpha) ? [`α = ${shown(alpha)} for wᵀFw = ${curvature}`] : [];
      }),
    );
  });
  list.hold("trials that are NaN are not taken, and throw nothing", remedy, () => {
    const trials: readonly Trial[] = [
      { gain: NaN, kl: 1e-9 },
      { gain: 1, kl: NaN },
    ];
    return counted(
      trials.flatMap((trial) => {
        const { alpha, tried } = ask(make(), () => trial);
        const taken = tried.length > 0 && isStep(alpha);
        return taken ? [`α = ${shown(alpha)} with gain ${trial.gain} and KL ${trial.kl}`] : [];
      }),
    );
  });
}

/** Rules that measure trials: a line search. */
function verifySearch(list: Checklist, make: () => StepRule): void {
  const lowered = "accept only gain > 0, beside the KL";
  const kept = "the search failed: return 0 after the last trial, so that θ stays";
  const rejecting = (trial: Trial, what: string, remedy: string): Measured => {
    const { alpha, tried } = ask(make(), () => trial);
    if (!isStep(alpha)) return counted([]);
    const last = tried.length > 1 && tried.at(-1) === alpha;
    const seen = last
      ? `α = ${shown(alpha)}, the last of ${tried.length} rejected trials, is kept`
      : `α = ${shown(alpha)} is accepted though ${what}`;
    return { ...counted([seen]), remedy: last ? kept : remedy };
  };
  list.hold("a step that lowers the surrogate is not taken", lowered, () =>
    rejecting({ gain: -1, kl: 0 }, "every trial lowers the surrogate", lowered),
  );
  list.hold("where every trial is rejected, the step is 0", kept, () =>
    rejecting({ gain: 1, kl: 1e9 }, "its KL is 10⁹ nats", "accept only KL ≤ δ"),
  );
  const measuredFirst = "return an α that a trial measured and found good";
  list.hold("the step taken is one that was tried", measuredFirst, () => {
    const { alpha, tried } = ask(make(), (at) => ({ gain: at < 0.02 ? 1 : -1, kl: at * at }));
    return counted(
      alpha === 0 || tried.includes(alpha) ? [] : [`α = ${alpha} of ${tried.join(", ")}`],
    );
  });
  const compounded =
    "measure each trial against its own prediction α gᵀw: multiplying the expected improvement by α in the loop compounds it";
  list.hold("a gain in one ratio to its prediction is taken at once or never", compounded, () => {
    const ratios = [0.02, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.9];
    const late = ratios.flatMap((ratio) => {
      const { alpha, tried } = ask(make(), (at) => ({ gain: ratio * at, kl: 0 }));
      const found = isStep(alpha) && tried.length > 1;
      return found ? [`ratio ${ratio} is rejected ${tried.length - 1} times, then taken`] : [];
    });
    return counted(late);
  });
}

function verifyBound(list: Checklist, make: () => StepRule, kl: number): void {
  const rate =
    "a KL bound takes α = √(2δ / wᵀFw); a step that does not shrink with wᵀFw is a learning rate";
  list.hold(`a step's predicted KL, ½α²wᵀFw, is at most ${kl}`, rate, () => {
    const cases = [1e-4, 1, 1e4].flatMap((curvature) =>
      [1e-3, 1, 1e3].map((slope) => {
        const predicted = (alpha: number): number => 0.5 * alpha * alpha * curvature;
        const trial: Measure = (at) => ({ gain: at * slope, kl: predicted(at) });
        return predicted(ask(make(), trial, { curvature, slope }).alpha) / kl;
      }),
    );
    const measured = Math.max(...cases) - 1;
    const seen = `predicted KL up to ${shown(Math.max(...cases) * kl)} nats`;
    return { measured, tolerance: 1e-12, seen };
  });
  list.hold("it goes as far as the bound allows where the model is exact", rate, () => {
    const shortest = [1e-4, 1, 1e4].map((curvature) => {
      const predicted = (alpha: number): number => 0.5 * alpha * alpha * curvature;
      // Just inside, so that rounding at the bound itself does not decide.
      const trial: Measure = (at) => ({ gain: at, kl: predicted(at) * (1 - 1e-9) });
      return predicted(ask(make(), trial, { curvature }).alpha) / kl;
    });
    const measured = 1 - Math.min(...shortest);
    const seen = `predicted KL only ${shown(Math.min(...shortest) * kl)} nats`;
    return { measured, tolerance: 0.5, seen };
  });
}
