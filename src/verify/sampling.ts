import { createRandom } from "../math/random.ts";
import { createRows } from "../math/rows.ts";
import type { DistributionSubject } from "./distribution.ts";
import { scoresAt } from "./expectation.ts";
import { metricAt } from "./metric.ts";
import { repeated, rowOf } from "./samples.ts";
import { type Checklist, counted, sameBits, shown } from "./verify.ts";

const DRAWS = 40_000;

/** Samples against the moments of the score that log π gives, and against their seed. */
export function verifySampling(list: Checklist, { distribution, eta }: DistributionSubject): void {
  const { parameterSize: width, actionSize } = distribution;
  const wrong =
    "sample and logProb must be of one distribution: look at a scale or a shift in sample";
  list.hold("samples are of log π: their scores have mean 0 and covariance M", wrong, () => {
    const row = rowOf(eta, 0);
    const actions = createRows(DRAWS, actionSize);
    distribution.sample(repeated(row, DRAWS), createRandom("samples"), actions);
    const { data } = scoresAt(distribution, row, actions);
    const m = metricAt(distribution, row);
    let measured = 0;
    for (let k = 0; k < width; k++) {
      const [mean, square, fourth] = momentsOf(data, k, width);
      const variance = m[k * width + k];
      const deviation = Math.sqrt(Math.max(0, fourth - square * square) / DRAWS);
      const errors = [
        inErrors(mean, Math.sqrt(variance / DRAWS)),
        inErrors(square - variance, deviation),
      ];
      for (const z of errors) measured = z > measured || Number.isNaN(z) ? z : measured;
    }
    const seen = `${DRAWS} samples are off by ${shown(measured)} standard errors`;
    return { measured, tolerance: 5, seen };
  });
  list.hold("the same seed gives the same sample", "draw from the random argument alone", () => {
    const [a, b] = [createRows(eta.count, actionSize), createRows(eta.count, actionSize)];
    for (const out of [a, b]) distribution.sample(eta, createRandom(9), out);
    return counted(sameBits(a.data, b.data) ? [] : ["two samples from one seed differ"]);
  });
}

/** |x| in standard errors; nothing is off where both are rounding. */
function inErrors(x: number, error: number): number {
  return Math.abs(x) <= 1e-12 ? 0 : Math.abs(x) / error;
}

/** The means of s, s² and s⁴ of one component. */
function momentsOf(data: Float64Array, k: number, width: number): [number, number, number] {
  let [mean, square, fourth] = [0, 0, 0];
  for (let i = k; i < data.length; i += width) {
    const s2 = data[i] * data[i];
    mean += data[i] / DRAWS;
    square += s2 / DRAWS;
    fourth += (s2 * s2) / DRAWS;
  }
  return [mean, square, fourth];
}
