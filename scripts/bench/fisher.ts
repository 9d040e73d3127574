import { lqr } from "../../envs/index.ts";
import {
  createCollector,
  createRandom,
  empiricalFisher,
  exactFisher,
  type FisherModel,
  type LinearOperator,
  policyFor,
} from "../../src/index.ts";
import type { BenchGroup, BenchRow } from "./bench.ts";
import { type Contestant, local } from "./interleave.ts";

const models = { exact: exactFisher, empirical: empiricalFisher };

/** Time per product F v of linear-Gaussian policies, by batch and dimensions. */
export function linearFisherGroup(): BenchGroup {
  return {
    title: "Linear-Gaussian policies in float64: F v",
    show: "time",
    columns: Object.keys(models),
    base: "exact",
    rows: [product(1, 2000), product(1, 20_000), product(4, 2000), product(16, 2000)],
  };
}

function product(dimension: number, steps: number): BenchRow {
  return {
    what: `F v, ${dimension} states and actions, N = ${steps}`,
    units: 1,
    make: () => Object.entries(models).map(([name, model]) => of(name, model(), dimension, steps)),
  };
}

function of(
  name: string,
  fisher: FisherModel<LinearOperator>,
  dimension: number,
  steps: number,
): Contestant {
  const environment = lqr({
    A: Array.from({ length: dimension }, (_, i) =>
      Array.from({ length: dimension }, (_, j) => (i === j ? 0.9 : 0)),
    ),
  });
  const random = createRandom(1);
  const policy = policyFor(environment, random.split("policy"));
  const environments = 10;
  const stepsPerEnvironment = steps / environments;
  const options = { environment, policy, random, environments, stepsPerEnvironment };
  const batch = createCollector(options).collect();
  const point = policy.network.linearisation(steps);
  point.at(policy.theta, batch.observations);
  const weights = new Float64Array(steps).fill(1 / steps);
  const operator = fisher.at(point, policy.distribution, batch.actions, weights);
  const v = Float64Array.from({ length: operator.size }, () => random.normal());
  const out = new Float64Array(operator.size);
  return local(name, () => operator.apply(v, out));
}
