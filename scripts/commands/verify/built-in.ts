import { agents } from "../../../agents/index.ts";
import { lqr } from "../../../envs/index.ts";
import {
  affineFisher,
  bernoulli,
  boundedGaussian,
  categorical,
  cholesky,
  conjugateGradient,
  constant,
  constantHead,
  dampedCurvature,
  diagonalFisher,
  diagonalGaussian,
  direct,
  empiricalFisher,
  type Environment,
  exactFisher,
  fixed,
  gae,
  identityFisher,
  klNormalised,
  kroneckerFisher,
  linear,
  lineSearch,
  locationGaussian,
  mlp,
  naturalGaussian,
  type Part,
  preconditioned,
  rewardsToGo,
  rowsFrom,
  sharedScores,
  standardised,
  subsampled,
} from "../../../src/index.ts";

const KL = 0.01;

/** Rows (h, Λ) with positive definite Λ, row-major below the diagonal. */
const naturalRows = {
  eta: rowsFrom([
    [0.3, -1, 2, 0.5, 1.5],
    [1.2, 0.4, 1, -0.3, 0.8],
    [-0.7, 0.1, 3, 1, 2.5],
    [0, 0.6, 0.7, 0.2, 0.9],
  ]),
  other: rowsFrom([
    [0.1, -0.5, 1, 0.2, 1],
    [1, 0, 2, 0.4, 1.6],
    [0.3, 0.2, 1.5, -0.5, 1],
    [-0.4, 0.5, 1.1, 0, 0.6],
  ]),
};

const distributions: Readonly<Record<string, Part>> = {
  diagonalGaussian: { distribution: diagonalGaussian(2) },
  boundedGaussian: { distribution: boundedGaussian(2, { low: 0.1, high: 1.1 }) },
  locationGaussian: { distribution: locationGaussian([0.4, 2]) },
  naturalGaussian: {
    distribution: naturalGaussian(2),
    rows: (_, seed) => (seed === "eta" ? naturalRows.eta : naturalRows.other),
  },
  categorical: { distribution: categorical(5) },
  bernoulli: { distribution: bernoulli(3) },
};

const networks: Readonly<Record<string, Part>> = {
  linear: { network: linear(3, 2) },
  constant: { network: constant([0.4, -1, 2]) },
  constantHead: { network: constantHead(linear(3, 2), [0.3, -0.2]) },
  mlp: { network: mlp({ inputSize: 3, hidden: [9, 6], outputSize: 2 }) },
  sharedScores: { network: sharedScores(4, linear(3, 1, { bias: false })) },
};

/** Fisher models; Kronecker's is exact on the linear-Gaussian policies that they are held against. */
const fishers: Readonly<Record<string, Part>> = {
  exactFisher: { fisher: exactFisher },
  affineFisher: { fisher: affineFisher },
  empiricalFisher: { fisher: empiricalFisher, approximates: "empirical" },
  diagonalFisher: { fisher: diagonalFisher, approximates: "diagonal" },
  kroneckerFisher: { fisher: kroneckerFisher },
  identityFisher: { fisher: identityFisher, approximates: "other" },
  preconditioned: { fisher: () => preconditioned(exactFisher(), diagonalFisher()) },
  subsampled: { fisher: () => subsampled(exactFisher(), { every: 1 }) },
};

const solvers: Readonly<Record<string, Part>> = {
  conjugateGradient: { solver: () => conjugateGradient() },
  warmConjugateGradient: {
    solver: () => conjugateGradient({ warmStart: true }),
    warmStart: true,
  },
  cholesky: { solver: cholesky, convergesAlways: true },
  direct: { solver: direct, convergesAlways: true },
};

const steps: Readonly<Record<string, Part>> = {
  fixed: { step: () => fixed(0.1) },
  klNormalised: { step: () => klNormalised(KL), kl: KL },
  dampedCurvature: { step: () => dampedCurvature(klNormalised(KL)), kl: KL },
  lineSearch: { step: () => lineSearch({ kl: KL }), kl: KL },
};

const advantages: Readonly<Record<string, Part>> = {
  rewardsToGo: { advantage: rewardsToGo({ discount: 0.9 }) },
  gae: { advantage: gae({ discount: 0.9, lambda: 0.7 }) },
  standardised: { advantage: standardised(gae({ discount: 0.9, lambda: 0.7 })) },
};

/** Those of the registry that bound the KL of their updates by `kl`. */
const bounded = new Set(["natural", "trpo"]);

/** Two states and two actions with noise, short enough to verify on. */
export const noisyPlane = (): Environment =>
  lqr({
    A: [
      [0.8, 0.3],
      [-0.2, 0.7],
    ],
    B: [
      [0.5, 0.1],
      [-0.2, 0.4],
    ],
    Q: [
      [1, 0.2],
      [0.2, 0.5],
    ],
    R: [
      [0.3, 0.05],
      [0.05, 0.2],
    ],
    W: [
      [0.02, 0.005],
      [0.005, 0.01],
    ],
    m0: [0.7, -0.4],
    S0: [
      [0.3, 0.1],
      [0.1, 0.2],
    ],
    horizon: 15,
  });

const learners: Readonly<Record<string, Part>> = Object.fromEntries(
  Object.entries(agents).map(([name, { create }]): [string, Part] => [
    name,
    {
      agent: (environment, random) => create(environment, random),
      environment: noisyPlane(),
      // A regression over episodes needs more of them than unknowns.
      ...(name === "enac" && { size: 4 }),
      ...(bounded.has(name) && { kl: KL }),
    },
  ]),
);

/** Every part of the library and every agent of the registry, by name. */
export const builtIn: Readonly<Record<string, Part>> = {
  ...{ ...distributions, ...networks, ...fishers, ...solvers, ...steps, ...advantages },
  ...learners,
};
