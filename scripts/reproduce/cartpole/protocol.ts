/** How learning is judged, after the comparison of libraries that the peers' figures come from. */
export const protocol = {
  /** Environment steps of a run. */
  steps: 100_000,
  /** An evaluation every so many steps … */
  every: 2000,
  /** … of so many episodes under the mode of the policy … */
  episodes: 20,
  /** … passes from this mean return on. */
  threshold: 475,
  /** Episodes of the evaluation at the end. */
  finalEpisodes: 100,
} as const;

export type Method = "vanilla" | "natural" | "trpo";
export const methods: readonly Method[] = ["vanilla", "natural", "trpo"];

export const tasks = ["cartpole", "cartpole-continuous"] as const;
export type Task = (typeof tasks)[number];

export const methodNames: Readonly<Record<Method, string>> = {
  vanilla: "vanilla",
  natural: "natural",
  trpo: "TRPO",
};

/** Results of peers under the same protocol on a 2-core machine of another make, measured separately. */
export interface PeerResult {
  readonly name: string;
  /** Median step from which every later evaluation passed. */
  readonly stable: number;
  /** Seconds of training to the first evaluation that passed; libraries reach `stable` later. */
  readonly seconds: number;
  readonly startup?: number;
  readonly megabytes: number;
}

/** CartPole-v1, 5 seeds each; Python 3.11, torch 2.13 on the CPU, one thread. */
export const peers: readonly PeerResult[] = [
  {
    name: "sb3-contrib 2.9 TRPO, defaults",
    stable: 20_000,
    seconds: 9.4,
    startup: 3.7,
    megabytes: 357,
  },
  { name: "sb3-contrib 2.9 TRPO, RL-Zoo settings", stable: 68_000, seconds: 7.9, megabytes: 350 },
  { name: "SB3 2.9 PPO, RL-Zoo settings", stable: 22_000, seconds: 4.5, megabytes: 342 },
];
