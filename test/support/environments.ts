import type { Environment } from "../../src/index.ts";

/**
 * Counts the steps of an episode and ends after `length` of them; the reward is the action, and an
 * episode starts at the number of a hidden draw in [0, 1) so that episodes can be told apart. It is cut
 * off at `bound` steps.
 */
export function counting(length: number, horizon: number, bound = Infinity): Environment {
  return {
    name: "counting",
    stateSize: 2,
    observationSize: 2,
    actionSpace: { kind: "box", low: [-Infinity], high: [Infinity] },
    horizon,
    reset: (s, random) => {
      s[0] = 0;
      s[1] = random.uniform(0, 1);
    },
    step: (s, a) => {
      s[0] += 1;
      return a[0];
    },
    observe: (s, o) => o.set(s),
    isTerminal: (s) => s[0] >= length,
    isTruncated: (s) => s[0] >= bound,
  };
}
