import { natural } from "../agents/index.ts";
import { lqr, lqrReference } from "../envs/index.ts";
import { createRandom, train } from "../src/index.ts";

const environment = lqr(); // s′ = s + a, r = −s² − a²
const random = createRandom(1);
const agent = natural(environment, random.split("agent"), { kl: 0.05 });
const reference = lqrReference(environment.problem);

for (const { update, comparison } of train({ environment, agent, random, reference, steps: 1e5 })) {
  console.log(update, comparison?.relativeGap, comparison?.naturalCosine);
}
console.log("K, b, log σ =", agent.policy.theta);
