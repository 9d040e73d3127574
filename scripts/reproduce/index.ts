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
    name: "estimators-lqr",
    summary: "estimators of the gradient and the natural gradient beside their exact fields",
    source:
      "Peters' Matlab policygradientlibrary, LQR_1d_DF_Gradients; Peters & Schaal 2008, Neural Networks 21:682-697, section 3, and Neurocomputing 71:1180-1190",
    seeds: 20,
    seconds: 10,
    load: async () => (await import("./estimators-lqr/index.ts")).estimatorsLqr,
  },
  {
    name: "cartpole",
    summary: "TRPO, natural and vanilla policy gradient with 64-64 networks on cart-pole",
    source: "CartPole-v1 of Gymnasium; protocol of comparisons of libraries",
    seeds: 10,
    seconds: 60,
    load: async () => (await import("./cartpole/index.ts")).cartpoleReproduction,
  },
  {
    name: "kl-expansion",
    summary:
      "KL of Gaussians and categorical distributions against ½ δᵀFδ, and two pairs of Gaussians",
    source:
      "Ang 2020, MA4270 project report; Lin 2019, CMU 10-703 recitation; Grosse 2017, CSC2541 lecture 5",
    seconds: 1,
    load: async () => (await import("./kl-expansion/index.ts")).klExpansion,
  },
];
