/** The shortest complete program: natural gradients on the regulator, beside the exact answers. */
import { natural } from "../agents/index.ts";
import { lqr, lqrReference } from "../envs/index.ts";
import { createRandom, train } from "../src/index.ts";

const environment = lqr(); // s′ = s + a, r = −s² − a²
const random = createRandom(1);
const agent = natural(environment, random.split("agent"), {
  kl: 0.05,
  discount: 0.95,
});
const reference = lqrReference(environment.problem);
const options = { environment, agent, random: random.split("train"), reference, steps: 1e5 };

for (const { update, comparison } of train(options)) {
  console.log(update, comparison?.relativeGap, comparison?.naturalCosine);
}
console.log("K, b, log σ =", agent.policy.theta);
