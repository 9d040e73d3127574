import type { AgentSubject } from "./agent.ts";
import { type Checklist, counted, sameBits } from "./verify.ts";

/** Updates before and after the state is handed over. */
const UPDATES = 3;

/** What an agent remembers from one update to the next, and its `state`. */
export function verifyResumption(list: Checklist, { fresh, batchOf }: AgentSubject): void {
  const remedy =
    "show all that is remembered from one update to the next in state: save and restore";
  list.hold(
    "an agent that restores the state of another goes on as that, bit for bit",
    remedy,
    () => {
      const first = fresh();
      const update = (k: number, ...agents: readonly (typeof first)[]): void => {
        const batch = batchOf(first.policy, 120, `resumed ${k}`);
        for (const agent of agents) agent.update(batch);
      };
      for (let k = 0; k < UPDATES; k++) update(k, first);
      const second = fresh();
      second.state.restore(first.state.save());
      const apart = (when: string): string[] =>
        sameBits(first.policy.theta, second.policy.theta) ? [] : [`θ differs ${when}`];
      const problems = apart("at once");
      for (let k = UPDATES; k < 2 * UPDATES; k++) update(k, first, second);
      return counted([...problems, ...apart(`after ${UPDATES} more updates`)]);
    },
  );
}
