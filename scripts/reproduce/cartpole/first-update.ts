/**
 * A process of its own that trains TRPO on cart-pole up to a number of steps (its argument) and prints how
 * long after the start of the process the first update was finished, and its peak memory.
 */
import { agents, suggestionsFor } from "../../../agents/index.ts";
import { environments } from "../../../envs/index.ts";
import { createRandom, train } from "../../../src/index.ts";

const { create, suggests } = environments.cartpole;
const environment = create();
const random = createRandom(1);
const options = suggestionsFor(agents.trpo, suggests);
const agent = agents.trpo.create(environment, random.split("agent"), options);
const steps = Number(process.argv[2]);
let first = NaN;
for (const { update } of train({ environment, agent, random: random.split("train"), steps })) {
  if (update === 1) first = (Date.now() - performance.timeOrigin) / 1000;
}
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ first, megabytes }));
