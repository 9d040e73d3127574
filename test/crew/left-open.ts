/** Starts a crew, uses it, and ends without closing it. */
import { createShardedCollector } from "../../src/index.ts";
import { startNodeCrew } from "../../scripts/support/crew.ts";
import { createRandom } from "../../src/index.ts";

const crew = await startNodeCrew(
  {
    environment: { module: new URL("../../envs/index.ts", import.meta.url).href, name: "cartpole" },
    random: createRandom(1).save(),
    environments: 8,
    stepsPerEnvironment: 512,
  },
  2,
);
const batch = createShardedCollector(crew, crew.parts.policy).collect();
console.log(crew.workers, batch.rewards.length);
