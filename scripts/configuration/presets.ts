import * as z from "zod";
import { exp } from "../../src/index.ts";

/** The settings of another library, as far as natgrad has them. */
export interface Preset {
  /** The library, and what of it. */
  readonly library: string;
  /** The version or commit whose defaults these are, and where they stand there. */
  readonly source: string;
  /** The agent that does what the library does. */
  readonly agent: string;
  /** Options of the run. */
  readonly run: Readonly<Record<string, number>>;
  /** Options of the agent. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What the library does otherwise all the same. */
  readonly differs: readonly string[];
}

/** What they have in common: networks for policy and V, and no start for a linear policy. */
const networks = {
  baseline: "network",
  activation: "tanh",
  bias: true,
  gain: [],
  standardise: true,
  discountedStates: false,
  fisher: "exact",
  kl: 0.01,
  discount: 0.99,
  // Damping is a part of their Fisher product, also where the length of the step is computed.
  dampedStep: true,
};

const retries =
  "after a failed line search it leaves θ as it was; natgrad first tries again with more damping, up to five times";
const epsilon = "its Adam has ε = 10⁻⁸; natgrad's has 10⁻⁵";
const firstBatch =
  "its normalised observations move with the steps of a batch; natgrad's move between updates, and the first batch gives them alone";

/** Presets by name. */
export const presets: Readonly<Record<string, Preset>> = {
  sb3: {
    library: "sb3-contrib, TRPO",
    source:
      "github.com/Stable-Baselines-Team/stable-baselines3-contrib 0ca7fdd: sb3_contrib/trpo/trpo.py",
    agent: "trpo",
    run: { stepsPerUpdate: 2048, environments: 1 },
    options: {
      ...networks,
      ...{ hidden: [64, 64], logStd: 0, lambda: 0.95, normaliseObservations: false },
      ...{ damping: 0.1, iterations: 15, factor: 0.8, backtracks: 9, divergence: "new-to-old" },
      ...{ criticHidden: [64, 64], criticPasses: 10, criticMinibatch: 128 },
      criticLearningRate: 1e-3,
    },
    differs: [
      retries,
      "it stops conjugate gradient at ‖r‖² < 10⁻¹⁰; natgrad where rounding leaves no digits",
      "with n environments its batch is of 2048 n steps; give --environments n and --steps-per-update",
    ],
  },
  spinup: {
    library: "OpenAI Spinning Up, trpo (TensorFlow 1)",
    source:
      "github.com/openai/spinningup 038665d: spinup/algos/tf1/trpo/trpo.py, with the networks of core.py",
    agent: "trpo",
    run: { stepsPerUpdate: 4000, environments: 1 },
    options: {
      ...networks,
      ...{ hidden: [64, 64], logStd: -0.5, lambda: 0.97, normaliseObservations: false },
      ...{ damping: 0.1, iterations: 10, factor: 0.8, backtracks: 9, divergence: "new-to-old" },
      ...{ criticHidden: [64, 64], criticPasses: 80, criticMinibatch: 0, criticLearningRate: 1e-3 },
    },
    differs: [
      retries,
      epsilon,
      "its weights start Glorot-uniform, the last layer among them; natgrad's orthogonal, the policy's last layer small",
      "its V is fitted to rewards-to-go; natgrad's to Â + V",
      "it begins a new episode with each batch and cuts episodes off after 1000 steps; give --time-limit 1000",
    ],
  },
  baselines: {
    library: "OpenAI Baselines, trpo_mpi with mujoco()",
    source: "github.com/openai/baselines ea25b9e: baselines/trpo_mpi/defaults.py and trpo_mpi.py",
    agent: "trpo",
    run: { stepsPerUpdate: 1024, environments: 1 },
    options: {
      ...networks,
      ...{ hidden: [32, 32], logStd: 0, lambda: 0.98, normaliseObservations: true },
      ...{ damping: 0.1, iterations: 10, fisherEvery: 5, factor: 0.5, backtracks: 9 },
      ...{ divergence: "old-to-new" },
      ...{ criticHidden: [32, 32], criticPasses: 5, criticMinibatch: 64, criticLearningRate: 1e-3 },
    },
    differs: [
      retries,
      epsilon,
      firstBatch,
      "its line search accepts a KL of up to 1.5 δ; natgrad's up to δ",
      "its V sees normalised observations, too; natgrad's sees them as they are",
      "its batch is of 1024 steps a process; natgrad's of 1024 in all",
      "its weights start with columns of norm 1, or 0.01 in the policy's last layer; natgrad's orthogonal",
    ],
  },
  tianshou: {
    library: "Tianshou, TRPO as its MuJoCo script sets it",
    source:
      "github.com/thu-ml/tianshou f2402056 (2.0.1): examples/mujoco/mujoco_trpo.py over tianshou/algorithm/modelfree/trpo.py",
    agent: "trpo",
    run: { stepsPerUpdate: 1024, environments: 16 },
    options: {
      ...networks,
      ...{ hidden: [64, 64], logStd: -0.5, lambda: 0.95, normaliseObservations: true },
      ...{ damping: 0.1, iterations: 10, factor: 0.8, backtracks: 9, divergence: "old-to-new" },
      ...{ criticHidden: [64, 64], criticPasses: 20, criticMinibatch: 0, criticLearningRate: 1e-3 },
    },
    differs: [
      retries,
      epsilon,
      firstBatch,
      "it divides returns by their running standard deviation; natgrad has no scale but --reward-scale",
      "the learning rate of its critic falls linearly to 0; natgrad's stays",
      "its critic sees normalised observations, too; natgrad's sees them as they are",
    ],
  },
  mjrl: {
    library: "mjrl, NPG",
    source:
      "github.com/aravindr93/mjrl 3871d93: mjrl/algos/npg_cg.py, policies/gaussian_mlp.py and baselines/mlp_baseline.py",
    agent: "natural",
    run: {},
    options: {
      ...networks,
      ...{ hidden: [64, 64], logStd: 0, minStd: exp(-3), normaliseObservations: false },
      // Its normalized_step_size 0.01 is twice the KL.
      ...{ kl: 0.005, discount: 0.995, lambda: 0.97, damping: 1e-4, iterations: 10 },
      ...{ divergence: "old-to-new" },
      ...{ criticHidden: [128, 128], criticPasses: 1, criticMinibatch: 64 },
      criticLearningRate: 1e-3,
    },
    differs: [
      "its batch is of whole trajectories, 50 by default; natgrad's of --steps-per-update steps, which the preset leaves alone",
      "its critic has ReLU units and sees, beside the observation clipped at ±10 and divided by 10, four powers of the time; natgrad's has the policy's units and sees the observation",
      "its critic is fitted to whole returns; natgrad's to Â + V",
      "where a step fails it has no remedy; natgrad tries again with more damping, up to five times",
      "the length of its step is √(2δ / gᵀw), which for a converged solve is that of --damped-step",
      epsilon,
    ],
  },
  garage: {
    library: "garage, TRPO (PyTorch) as its benchmark sets it",
    source:
      "github.com/rlworkgroup/garage 2d594803 (2023): benchmarks trpo_garage_pytorch.py over src/garage/torch/algos/trpo.py and optimizers/conjugate_gradient_optimizer.py",
    agent: "trpo",
    run: { stepsPerUpdate: 1024, environments: 1 },
    options: {
      ...networks,
      ...{ hidden: [32, 32], logStd: 0, lambda: 0.97, normaliseObservations: false },
      ...{ damping: 1e-5, iterations: 10, factor: 0.8, backtracks: 14, divergence: "old-to-new" },
      ...{ criticHidden: [32, 32], criticPasses: 10, criticMinibatch: 64 },
      criticLearningRate: 2.5e-4,
    },
    differs: [
      retries,
      epsilon,
      "it stops conjugate gradient at ‖r‖² < 10⁻¹⁰; natgrad where rounding leaves no digits",
      "it standardises the advantages of each episode by themselves; natgrad those of a batch together",
      "its V is a Gaussian fitted by likelihood to whole returns; natgrad's fits Â + V by least squares",
      "its batch is of whole episodes, 1024 steps or more",
      "its weights start Glorot-uniform, the policy's last layer among them; natgrad's orthogonal",
    ],
  },
};

const presetNames = Object.keys(presets);

/** Of `natgrad train --preset`, and a key of a configuration. */
export const presetOption = z
  .enum(presetNames, { error: `must be one of ${presetNames.join(", ")}` })
  .describe("settings of another library, under those of --config and those given");
