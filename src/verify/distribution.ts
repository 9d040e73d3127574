import type { Distribution } from "../distribution/distribution.ts";
import { createRandom } from "../math/random.ts";
import { createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import { actionRule } from "./action-rule.ts";
import { verifyDivergence } from "./divergence.ts";
import { type ActionRule, scoresAt } from "./expectation.ts";
import { verifyMetric } from "./metric.ts";
import { verifySampling } from "./sampling.ts";
import { movedColumn, normalRows, rowOf } from "./samples.ts";
import { type Check, type Checklist, counted, createChecklist, relativeError } from "./verify.ts";

export interface DistributionCase {
  /** Rows of η; standard normal numbers that the family takes, where left out. */
  readonly rows?: (count: number, seed: string) => Rows;
  /** Expectations under π(·; η); where left out, made from samples and log π. */
  readonly quadrature?: (eta: Vector) => Pick<ActionRule, "actions" | "weights">;
  /**
   * log |da/du| where the numbers of an action are another u, as for `squashedGaussian`, and log π is the
   * density of a; left out where they are a.
   */
  readonly logVolume?: (action: Vector) => number;
  /** Whether `mode` gives a median and not the most probable action; false where left out. */
  readonly median?: boolean;
}

/** A distribution at four rows of η, with rules for the expectations there. */
export interface DistributionSubject {
  readonly distribution: Distribution;
  /** It, with a log π that is the density of the numbers of an action. */
  readonly integrated: Distribution;
  readonly eta: Rows;
  readonly other: Rows;
  readonly rules: readonly ActionRule[];
  readonly median: boolean;
}

const COUNT = 4;

/**
 * Holds a distribution against its contract: log π integrates to 1, score and M fit each other and
 * finite differences, KL is KL(p ‖ q) with M as its Hessian, samples are of log π.
 *
 * Expectations are by enumeration or quadrature where actions allow it, else from samples, with the
 * error of the rule as the tolerance.
 */
export function verifyDistribution(
  distribution: Distribution,
  made: DistributionCase = {},
): Check[] {
  const list = createChecklist();
  list.hold("sizes are positive integers", "declare the widths of η and a", () =>
    counted(
      (["parameterSize", "actionSize"] as const)
        .filter((name) => !(Number.isInteger(distribution[name]) && distribution[name] > 0))
        .map((name) => `${name} is ${String(distribution[name])}`),
    ),
  );
  let subject: DistributionSubject | undefined;
  list.hold("it can be sampled and has a log π", "see the message", () => {
    subject = subjectOf(distribution, made);
    return counted([]);
  });
  if (subject === undefined) return [...list.checks];
  verifyDensity(list, subject);
  verifyScore(list, subject);
  verifyMetric(list, subject);
  verifyDivergence(list, subject);
  verifySampling(list, subject);
  return [...list.checks];
}

function subjectOf(distribution: Distribution, made: DistributionCase): DistributionSubject {
  const rows = made.rows ?? ((count, seed) => validRows(distribution, count, seed));
  const [eta, other] = [rows(COUNT, "eta"), rows(COUNT, "other")];
  const integrated = overNumbers(distribution, made);
  const rules = Array.from({ length: COUNT }, (_, i): ActionRule => {
    const row = rowOf(eta, i);
    if (made.quadrature) return { ...made.quadrature(row), fromDensity: false, error: 0 };
    return actionRule(integrated, row, `actions ${i}`);
  });
  return { distribution, integrated, eta, other, rules, median: made.median === true };
}

function overNumbers(distribution: Distribution, { logVolume }: DistributionCase): Distribution {
  if (logVolume === undefined) return distribution;
  return {
    ...distribution,
    logProb: (eta, actions, out) => {
      distribution.logProb(eta, actions, out);
      for (let i = 0; i < eta.count; i++) out[i] += logVolume(rowOf(actions, i));
    },
  };
}

/** Standard normal rows that are parameters of the family. */
function validRows(distribution: Distribution, count: number, seed: string): Rows {
  const width = distribution.parameterSize;
  const rows = createRows(count, width);
  for (let i = 0, tries = 0; i < count; tries++) {
    const row = normalRows(1, width, `${seed} ${tries}`);
    if (tries > 20_000) {
      throw new RangeError(
        "verifyDistribution: standard normal numbers must be parameters, got none in 20,000 rows; give `rows`",
      );
    }
    if ((distribution.firstInvalid?.(row) ?? -1) >= 0) continue;
    rows.data.set(row.data, i * width);
    i++;
  }
  return rows;
}

function verifyDensity(list: Checklist, { integrated, eta, rules }: DistributionSubject): void {
  const remedy =
    "look for a missing normalising constant in logProb, or values that sample never takes";
  list.hold("log π integrates to 1", remedy, () => {
    let [measured, tolerance, total] = [0, 0, 1];
    rules.forEach((given, i) => {
      const rule = given.fromDensity
        ? given
        : actionRule(integrated, rowOf(eta, i), `actions ${i}`);
      if (!rule.fromDensity) return;
      const sum = rule.weights.reduce((all, weight) => all + weight, 0);
      tolerance = Math.max(tolerance, rule.error);
      if (Math.abs(sum - 1) <= measured) return;
      [measured, total] = [Math.abs(sum - 1), sum];
    });
    return { measured, tolerance, seen: `∫ exp(log π) is ${total}` };
  });
}

function verifyScore(list: Checklist, { distribution, eta, rules }: DistributionSubject): void {
  const { parameterSize: width, actionSize } = distribution;
  const remedy = "derive score from logProb anew, component by component of η";
  list.hold("score = ∂ log π / ∂η by finite differences", remedy, () => {
    const actions = createRows(COUNT, actionSize);
    distribution.sample(eta, createRandom("score"), actions);
    const scores = createRows(COUNT, width);
    distribution.score(eta, actions, scores);
    const logProb = (moved: Rows): Vector => {
      const out = new Float64Array(COUNT);
      distribution.logProb(moved, actions, out);
      return out;
    };
    const h = 1e-5;
    const differences = createRows(COUNT, width);
    for (let k = 0; k < width; k++) {
      const [ahead, behind] = [logProb(movedColumn(eta, k, h)), logProb(movedColumn(eta, k, -h))];
      ahead.forEach((x, i) => (differences.data[i * width + k] = (x - behind[i]) / (2 * h)));
    }
    return { measured: relativeError(scores.data, differences.data), tolerance: 1e-8 };
  });
  list.hold("E[score] = 0", "a constant is missing in score, or log π is not normalised", () => {
    let [measured, tolerance] = [0, 0];
    rules.forEach(({ actions, weights, error }, i) => {
      const { data } = scoresAt(distribution, rowOf(eta, i), actions);
      for (let k = 0; k < width; k++) {
        const mean = weights.reduce((sum, weight, n) => sum + weight * data[n * width + k], 0);
        measured = Math.max(measured, Math.abs(mean));
        if (Number.isNaN(mean)) measured = NaN;
      }
      tolerance = Math.max(tolerance, error, 1e-14);
    });
    return { measured, tolerance };
  });
}
