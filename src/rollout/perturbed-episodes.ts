import type { Environment } from "../environment/environment.ts";
import type { Random } from "../math/random.ts";
import { type Resumable, savedNumber, savedRandom, saveRandom } from "../math/resumable.ts";
import { createRows, type Rows } from "../math/rows.ts";
import { requireCount } from "../math/scalar.ts";
import type { Vector } from "../math/vector.ts";
import type { Policy } from "../policy/policy.ts";
import type { Collector } from "./collect.ts";
import { createEpisodeRecorder } from "./episode-recorder.ts";

export interface PerturbedCollectorOptions {
  readonly environment: Environment;
  readonly policy: Policy;
  readonly random: Random;
  /** Pairs of opposite perturbations ±δ; finite differences need as many as parameters. */
  readonly pairs: number;
  /** The standard deviation of each component of δ, in the units of θ. */
  readonly scale: number;
  /** Episodes of each perturbation, every one with random numbers of its own. */
  readonly scenarios?: number;
  /** Whether every batch plays the same scenarios, as PEGASUS does; new ones by default. */
  readonly fixedScenarios?: boolean;
}

/**
 * A collector that plays whole episodes under θ ± δ₁, θ ± δ₂, …, δ ~ N(0, scale² I): for finite
 * differences. A batch holds 2 · pairs · scenarios episodes, and the perturbation of each.
 *
 * The s-th episode of every perturbation draws the same random numbers, of start, process and
 * actions, so that returns differ by θ alone as far as equal numbers go; opposite pairs cancel the
 * curvature of J. θ itself is left alone. The returns of a record are of perturbed policies, and so are
 * the actions: a surrogate at θ measures the KL of a step as ever, but its gain only roughly.
 *
 * Source: common random numbers as in PEGASUS, Ng & Jordan 2000, whose scenarios are fixed for good;
 * Peters & Schaal 2008, Neural Networks 21:682-697, table 2.
 *
 * @throws RangeError for counts that are not positive integers or a scale that is not positive.
 */
export function createPerturbedCollector(options: PerturbedCollectorOptions): Collector {
  const { environment, policy, random, pairs, scale } = options;
  const { scenarios = 1, fixedScenarios = false } = options;
  requireCount("createPerturbedCollector", "pairs", pairs);
  requireCount("createPerturbedCollector", "scenarios", scenarios);
  if (!(scale > 0 && scale < Infinity)) {
    throw new RangeError(`createPerturbedCollector: scale must be positive, got ${scale}`);
  }
  const recorder = createEpisodeRecorder(environment, policy);
  const perturbations = createRows(2 * pairs * scenarios, policy.theta.length);
  let perturbationRandom = random.split("perturbation");
  const delta = new Float64Array(policy.theta.length);
  const moved = new Float64Array(policy.theta.length);
  let batches = 0;

  /** Rows of scenarios × δ₁, scenarios × −δ₁, scenarios × δ₂, … */
  const draw = (): void => {
    for (let k = 0; k < 2 * pairs; k++) {
      for (let j = 0; j < delta.length; j++) {
        delta[j] = k % 2 === 0 ? scale * perturbationRandom.normal() : -delta[j];
      }
      for (let s = 0; s < scenarios; s++) writeRow(perturbations, k * scenarios + s, delta);
    }
  };

  const state: Resumable = {
    save: () => ({ perturbation: saveRandom(perturbationRandom), batches }),
    restore: (saved) => {
      perturbationRandom = savedRandom(saved, "perturbation");
      batches = savedNumber(saved, "batches");
    },
  };

  return {
    state,
    collect: () => {
      const round = random.split(fixedScenarios ? "scenarios" : `scenarios-${batches++}`);
      recorder.clear();
      draw();
      for (let e = 0; e < perturbations.count; e++) {
        addRow(policy.theta, perturbations, e, moved);
        recorder.at(moved);
        const scenario = round.split(String(e % scenarios));
        recorder.play({
          environment: scenario.split("environment"),
          action: scenario.split("action"),
        });
      }
      return { ...recorder.batch(), perturbations };
    },
  };
}

/** row i ← x. */
function writeRow({ width, data }: Rows, i: number, x: Vector): void {
  for (let j = 0; j < width; j++) data[i * width + j] = x[j];
}

/** out ← x + row i. */
function addRow(x: Vector, { width, data }: Rows, i: number, out: Vector): void {
  for (let j = 0; j < width; j++) out[j] = x[j] + data[i * width + j];
}
