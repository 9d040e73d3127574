import type { Reproduction } from "./reproduction.ts";

/** A reproduction in the list; its code is loaded when it is run. */
export interface ReproductionEntry extends Omit<Reproduction, "run"> {
  /** Paired seeds, unless told otherwise; left out where the seed is a setting of the experiment. */
  readonly seeds?: number;
  /** Seconds that a run takes on two cores, about. */
  readonly seconds: number;
  readonly load: () => Promise<Reproduction>;
}

/** Every reproduction. */
export const reproductions: readonly ReproductionEntry[] = [
  {
    name: "peters-schaal",
    summary: "vanilla against natural policy gradient on the linear-quadratic regulator",
    source: "Peters & Schaal 2008, Neural Networks 21:682-697, section 4 and figure 1",
    seeds: 20,
    seconds: 10,
    load: async () => (await import("./peters-schaal/index.ts")).petersSchaal,
  },
  {
    name: "two-state-bartlett",
    summary:
      "exact vanilla and natural gradients over the policies of three problems of two states",
    source: "Peters' policy gradient library, TwoState_DF.m, TwoState_AF.m and Bartlett.m",
    seconds: 5,
    load: async () => (await import("./two-state-bartlett/index.ts")).twoStateBartlett,
  },
  {
    name: "kakade-lqg",
    summary:
      "vanilla against natural gradient flow on a linear-quadratic problem in three scalings",
    source: "Kakade 2002, A Natural Policy Gradient, NIPS 14, section 4 and figure 1A",
    seconds: 2,
    load: async () => (await import("./kakade-lqg/index.ts")).kakadeLqgReproduction,
  },
  {
    name: "kakade-two-state",
    summary: "vanilla against natural gradient flow of the average reward of two states",
    source: "Kakade 2002, A Natural Policy Gradient, NIPS 14, section 4 and figures 1C and 1D",
    seconds: 10,
    load: async () => (await import("./kakade-two-state/index.ts")).kakadeTwoStateReproduction,
  },
  {
    name: "cartpole",
    summary: "TRPO, natural and vanilla policy gradient with 64-64 networks on cart-pole",
    source: "CartPole-v1 of Gymnasium; protocol of comparisons of libraries",
    seeds: 10,
    seconds: 60,
    load: async () => (await import("./cartpole/index.ts")).cartpoleReproduction,
  },
];
