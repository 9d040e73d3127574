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
import type { BenchCase, BenchGroup } from "./measure.ts";

/** Time per product F v of linear-Gaussian policies, by batch, dimensions and model. */
export function fisherCases(): BenchGroup {
  return {
    title: "Fisher products F v of linear-Gaussian policies, per product",
    cases: [
      product("exact", exactFisher(), 1, 2000),
      product("empirical", empiricalFisher(), 1, 2000),
      product("exact", exactFisher(), 1, 20_000),
      product("exact", exactFisher(), 4, 2000),
      product("exact", exactFisher(), 16, 2000),
    ],
    show: (seconds) => `${(seconds * 1e6).toFixed(1)} µs`,
  };
}

function product(
  model: string,
  fisher: FisherModel<LinearOperator>,
  dimension: number,
  steps: number,
): BenchCase {
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
  return {
    name: `${model}, ${dimension} states and actions, N = ${steps}, P = ${operator.size}`,
    units: 1,
    work: () => operator.apply(v, out),
  };
}
