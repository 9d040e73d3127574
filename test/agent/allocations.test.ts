import { expect, test } from "vitest";
import { agents } from "../../agents/index.ts";
import { environments } from "../../envs/index.ts";
import { createCollector, createRandom } from "../../src/index.ts";
import { lengthsOfTypedArraysMade } from "../support/allocations.ts";

test.each([
  ["64-64 networks by kernels, network critic", {}],
  ["a linear policy and ridge", { hidden: [], baseline: "ridge" }],
])("the typed arrays of a warm TRPO update do not grow with the batch: %s", (_, options) => {
  const { create, suggests } = environments.cartpole;
  const made = [200, 300].map((stepsPerEnvironment) => {
    const environment = create();
    const known = Object.entries(suggests ?? {}).filter(
      ([key]) => key in agents.trpo.options.shape,
    );
    const settings = { ...Object.fromEntries(known), ...options };
    const agent = agents.trpo.create(environment, createRandom(1), settings);
    const batch = createCollector({
      ...{ environment, policy: agent.policy, random: createRandom(2) },
      ...{ environments: 1, stepsPerEnvironment },
    }).collect();
    agent.update(batch);
    agent.update(batch);
    return lengthsOfTypedArraysMade(() => agent.update(batch));
  });
  expect(made[1]).toEqual(made[0]);
});
