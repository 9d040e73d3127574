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
    name: "estimators-lqr",
    summary: "estimators of the gradient and the natural gradient beside their exact fields",
    source:
      "Peters' Matlab policygradientlibrary, LQR_1d_DF_Gradients; Peters & Schaal 2008, Neural Networks 21:682-697, section 3, and Neurocomputing 71:1180-1190",
    seeds: 20,
    seconds: 10,
    load: async () => (await import("./estimators-lqr/index.ts")).estimatorsLqr,
  },
  {
    name: "nac-cartpole",
    summary: "natural actor-critics against the exact vanilla gradient on the linear cart-pole",
    source:
      "Peters & Schaal 2008, Neurocomputing 71:1180-1190, section 4.1; Peters, Vijayakumar & Schaal 2003",
    seeds: 100,
    seconds: 60,
    load: async () => (await import("./nac-cartpole/index.ts")).nacCartpole,
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
    name: "steepest-descent",
    summary:
      "steepest descent in a Mahalanobis and in a pulled-back metric against the Euclidean one",
    source: "Jones, “Natural gradients”; Grosse 2017, CSC2541 lecture 5",
    seconds: 2,
    load: async () => (await import("./steepest-descent/index.ts")).steepestDescent,
  },
  {
    name: "gaussian-fisher",
    summary: "the Fisher metric of a Gaussian in three ways and in four parametrisations",
    source: "Jones, “Natural gradients”; Grosse 2017, CSC2541 lecture 5; Ang 2020, MA4270 report",
    seconds: 3,
    load: async () => (await import("./gaussian-fisher/index.ts")).gaussianFisher,
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
  {
    name: "motor-primitives",
    summary: "finite differences, vanilla and natural gradients on movements of one joint",
    source: "Peters & Schaal 2008, Neural Networks 21:682-697, section 5.1 and figure 4",
    seeds: 5,
    seconds: 60,
    load: async () => (await import("./motor-primitives/index.ts")).motorPrimitives,
  },
  {
    name: "mirror-descent",
    summary: "mirror descent as natural gradient descent in the dual coordinates",
    source:
      "Raskutti & Mukherjee 2015, IEEE Transactions on Information Theory 61:1451-1457; Ang 2020, MA4270 report",
    seconds: 5,
    load: async () => (await import("./mirror-descent/index.ts")).mirrorDescent,
  },
  {
    name: "units",
    summary: "linear regression on years: invariance under centring and units",
    source: "Grosse, CSC2541 lecture 5, “Natural Gradient”, slides “Motivation: Invariances”",
    seconds: 1,
    load: async () => (await import("./units/index.ts")).unitsReproduction,
  },
  {
    name: "logistic",
    summary: "natural gradient ascent in logistic regression, and a listing that descends",
    source:
      "“Natural Gradient Descent”, lecture note of the series Foundations for AI/ML, section 7",
    seconds: 5,
    load: async () => (await import("./logistic/index.ts")).logisticReproduction,
  },
  {
    name: "empirical-fisher",
    summary: "the empirical Fisher matrix as a preconditioner, beside the exact one",
    source: "Kunstner, Hennig & Balles 2019, arXiv 1905.12558, figure 1",
    seconds: 40,
    load: async () => (await import("./empirical-fisher/index.ts")).empiricalFisherReproduction,
  },
  {
    name: "variational",
    summary: "natural-gradient variational inference: one step to a conjugate posterior",
    source:
      "Hoffman, Blei, Wang & Paisley 2013, JMLR 14:1303-1347; Khan & Lin 2017, arXiv 1703.04265; Grosse, CSC2541 lecture 5",
    seconds: 10,
    load: async () => (await import("./variational/index.ts")).variationalReproduction,
  },
  {
    name: "kakade-tetris",
    summary: "natural against standard policy gradient on Tetris",
    source: "Kakade 2002, A Natural Policy Gradient, NIPS 14, figure 2",
    seeds: 3,
    seconds: 500,
    load: async () => (await import("./kakade-tetris/index.ts")).kakadeTetris,
  },
];
