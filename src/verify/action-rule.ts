import type { Distribution } from "../distribution/distribution.ts";
import { createRandom } from "../math/random.ts";
import { createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import { type ActionRule, densities, MOST, weighty } from "./expectation.ts";
import { integrationRule } from "./integration-rule.ts";
import { repeated } from "./samples.ts";

const DRAWS = 20_000;
/** How far an enumeration may be off by rounding. */
const ROUNDING = 1e-12;
/** Five standard errors of a mean of products of scores, whose fourth moment is taken for 60 M². */
const SAMPLED = 5 * Math.sqrt(60 / DRAWS);

/**
 * A rule for expectations under π(·; η) from samples and log π alone: a sum over all actions where
 * samples take few values or integers, the trapezoidal rule where they are continuous and at most three
 * numbers, and else, as for actions of both kinds, the samples themselves.
 */
export function actionRule(distribution: Distribution, eta: Vector, seed: string): ActionRule {
  const actions = createRows(DRAWS, distribution.actionSize);
  distribution.sample(repeated(eta, DRAWS), createRandom(seed), actions);
  const values = Array.from({ length: actions.width }, (_, k) => valuesOf(actions, k));
  const discrete = values.filter((one) => one !== undefined);
  const count = discrete.reduce((product, { length }) => product * length, 1);
  if (discrete.length === values.length && count <= MOST) {
    const all = cartesian(discrete, count);
    const counting = weighty(all, densities(distribution, eta, all));
    return { ...counting, fromDensity: true, error: unseen(actions) };
  }
  const integrated = discrete.length === 0 && integrationRule(distribution, eta, actions);
  if (integrated) return integrated;
  const weights = new Float64Array(DRAWS).fill(1 / DRAWS);
  return { actions, weights, fromDensity: false, error: SAMPLED };
}

/** The values of a component where it is discrete. */
function valuesOf({ count, width, data }: Rows, component: number): number[] | undefined {
  const seen = new Set<number>();
  let whole = true;
  for (let i = 0; i < count; i++) {
    const value = data[i * width + component];
    seen.add(value);
    whole &&= Number.isInteger(value);
    if (!whole && seen.size > 64) return undefined;
  }
  const sorted = [...seen].sort((a, b) => a - b);
  const [low, high] = [sorted[0], sorted[sorted.length - 1]];
  if (whole && high - low >= MOST) return undefined;
  return whole ? Array.from({ length: high - low + 1 }, (_, j) => low + j) : sorted;
}

/** Every combination of the values. */
function cartesian(values: readonly (readonly number[])[], count: number): Rows {
  const rows = createRows(count, values.length);
  for (let n = 0; n < count; n++) {
    let rest = n;
    values.forEach((choices, k) => {
      rows.data[n * values.length + k] = choices[rest % choices.length];
      rest = Math.floor(rest / choices.length);
    });
  }
  return rows;
}

/**
 * A bound of the probability of values that no sample took, by how many were taken only once.
 *
 * Source: Good 1953, "The population frequencies of species", Biometrika 40, with five standard errors.
 */
function unseen({ count, width, data }: Rows): number {
  let once = 0;
  for (let k = 0; k < width; k++) {
    const times = new Map<number, number>();
    for (let i = 0; i < count; i++) {
      const value = data[i * width + k];
      times.set(value, (times.get(value) ?? 0) + 1);
    }
    for (const number of times.values()) if (number === 1) once++;
  }
  return once === 0 ? ROUNDING : (once + 5 * Math.sqrt(once) + 5) / count;
}
