import { threadId } from "node:worker_threads";
import { cartpole } from "../../envs/index.ts";
import type { Environment } from "../../src/index.ts";

export interface FaultOptions {
  /** The thread in which nothing happens, or −1. */
  readonly sparing: number;
  readonly fault: "throws at start" | "throws" | "exits";
}

/** The cart-pole, with a fault in all threads but one. */
export function faulty({ sparing, fault }: FaultOptions): Environment {
  const pole = cartpole();
  if (threadId === sparing) return pole;
  if (fault === "throws at start") throw new RangeError("no pole was delivered");
  let steps = 0;
  return {
    ...pole,
    step: (state, action, random) => {
      if (++steps > 500) {
        if (fault === "exits") process.exit(3);
        throw new RangeError("the pole broke after 500 steps");
      }
      return pole.step(state, action, random);
    },
  };
}

/** Not an environment. */
export function nothing(): object {
  return {};
}
