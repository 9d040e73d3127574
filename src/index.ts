/**
 * The table of contents, in the order of the mathematics.
 *
 * @module natgrad
 */

export { createRandom, restoreRandom, type Random, type RandomState } from "./math/random.ts";
export {
  jointly,
  requireVector,
  type Resumable,
  type Saved,
  savedNumber,
  savedPart,
  savedRandom,
  savedVector,
  saveRandom,
  streamsState,
  vectorState,
} from "./math/resumable.ts";
export { createRows, rowsFrom, type Rows } from "./math/rows.ts";
export { cos, exp, expm1, hypot, log, log1p, power, sin, tanh } from "./math/elementary.ts";
export { clamp, logSumExp, wrapAngle } from "./math/scalar.ts";
export {
  addScaled,
  cosine,
  dot,
  firstNonFinite,
  norm,
  sumScaled,
  type Vector,
} from "./math/vector.ts";
export {
  interquartileMean,
  type Interval,
  mean,
  median,
  quantile,
  standardDeviation,
} from "./math/statistics.ts";
export {
  type BandOptions,
  bootstrapBand,
  bootstrapInterval,
  type BootstrapOptions,
} from "./math/statistics/bootstrap.ts";
export {
  optimalityGap,
  performanceProfile,
  probabilityOfImprovement,
  type RunScores,
} from "./math/statistics/run-scores.ts";
export { type ThresholdOptions, timeToThreshold } from "./math/statistics/time-to-threshold.ts";

export {
  type ActionSpace,
  actionSize,
  type BoxSpace,
  choiceCounts,
  type DiscreteSpace,
  type Environment,
  isCutOff,
  isPossible,
  type MultiDiscreteSpace,
} from "./environment/environment.ts";
export {
  checkEnvironment,
  type CheckOptions,
  type Finding,
} from "./environment/check-environment.ts";
export {
  type EnvironmentSurvey,
  type Remark,
  remarksOn,
  type Spread,
  surveyEnvironment,
} from "./environment/survey-environment.ts";
export { actionRescaled } from "./environment/wrappers/action-rescaled.ts";
export { frameStacked } from "./environment/wrappers/frame-stacked.ts";
export { noisyObservations } from "./environment/wrappers/noisy-observations.ts";
export {
  observationTransformed,
  type ObservationTransform,
} from "./environment/wrappers/observation-transformed.ts";
export { rewardScaled } from "./environment/wrappers/reward-scaled.ts";
export { squashed } from "./environment/wrappers/squashed.ts";
export { stickyActions } from "./environment/wrappers/sticky-actions.ts";
export { timeAware } from "./environment/wrappers/time-aware.ts";
export { timeLimited } from "./environment/wrappers/time-limited.ts";
export { withWrappers, type WrapperOptions } from "./environment/wrappers/with-wrappers.ts";
export { simulation, type Simulation, type SimulationStep } from "./environment/simulation.ts";

export type { LayerTrace, Linearisation, Network, Origin, Predictor } from "./network/network.ts";
export { predictorOf } from "./network/predictor.ts";
export type { DenseLayer } from "./network/dense.ts";
export { linear, type LinearOptions } from "./network/linear.ts";
export { mlp, type MlpOptions } from "./network/mlp.ts";
export type { ActivationName } from "./network/activation.ts";
export { constant } from "./network/constant.ts";
export { constantHead } from "./network/constant-head.ts";
export { normalised } from "./network/normalised.ts";
export { type ChangeOfParameters, reparametrised } from "./network/reparametrised.ts";
export { sharedScores } from "./network/shared-scores.ts";
export { type KernelName, type Kernels, loadKernels } from "./network/kernels/load.ts";
export { kernelMlp, type KernelNetwork } from "./network/kernels/kernel-mlp.ts";
export type { ActionQuadrature, Distribution, FisherFactor } from "./distribution/distribution.ts";
export { diagonalGaussian } from "./distribution/diagonal-gaussian.ts";
export { boundedGaussian, type SpreadBounds } from "./distribution/bounded-gaussian.ts";
export { squashedGaussian, type SquashedBox } from "./distribution/squashed-gaussian.ts";
export { categorical } from "./distribution/categorical.ts";
export { product } from "./distribution/product.ts";
export { bernoulli } from "./distribution/bernoulli.ts";
export { locationGaussian } from "./distribution/location-gaussian.ts";
export { naturalGaussian } from "./distribution/natural-gaussian.ts";
export { createNormaliser, type ObservationNormaliser } from "./policy/normaliser.ts";
export { createPolicy, type Policy } from "./policy/policy.ts";
export { policyFor, type PolicyOptions } from "./policy/policy-for.ts";

export type { Batch, Episode, EpisodeSummary, Fault } from "./rollout/batch.ts";
export { oneStepBatch } from "./rollout/one-step.ts";
export { type Collector, type CollectorOptions, createCollector } from "./rollout/collect.ts";
export { createEpisodeCollector, type EpisodeCollectorOptions } from "./rollout/episodes.ts";
export {
  createPerturbedCollector,
  type PerturbedCollectorOptions,
} from "./rollout/perturbed-episodes.ts";
export { evaluate, type EvaluatedEpisode, type EvaluateOptions } from "./rollout/evaluate.ts";

export type { Baseline } from "./baseline/baseline.ts";
export { zero } from "./baseline/zero.ts";
export { ridge, type RidgeOptions } from "./baseline/ridge.ts";
export { networkBaseline, type NetworkBaselineOptions } from "./baseline/network-baseline.ts";
export type { ActionValue } from "./action-value/action-value.ts";
export { learntActionValue } from "./action-value/learnt.ts";
export type { AdvantageEstimator } from "./advantage/advantage.ts";
export { rewardsToGo, type RewardsToGoOptions } from "./advantage/rewards-to-go.ts";
export { gae, type GaeOptions } from "./advantage/gae.ts";
export { standardised } from "./advantage/standardised.ts";

export {
  discountedStates,
  type StateWeighting,
  uniformStates,
} from "./gradient/state-weighting.ts";
export { type GradientSample, policyGradient } from "./gradient/policy-gradient.ts";
export type { GradientEstimator } from "./gradient/gradient-estimator.ts";
export { policyGradientTheorem } from "./gradient/policy-gradient-theorem.ts";
export {
  type ComponentBaseline,
  leaveOneOutBaseline,
  type LikelihoodRatioOptions,
  noBaseline,
  optimalBaseline,
} from "./gradient/component-baseline.ts";
export { reinforce } from "./gradient/reinforce.ts";
export { gpomdp } from "./gradient/gpomdp.ts";
export { allAction, type AllActionOptions } from "./gradient/all-action.ts";
export { finiteDifferences, type FiniteDifferencesOptions } from "./gradient/finite-differences.ts";
export { type Divergence, klNewToOld, klOldToNew } from "./gradient/divergence.ts";
export {
  createSurrogate,
  type Measurement,
  type Surrogate,
  type SurrogateMaker,
} from "./gradient/surrogate.ts";
export { createLikelihood } from "./gradient/likelihood.ts";

export {
  diagonalOperator,
  identityOperator,
  type InvertibleOperator,
  type LinearOperator,
} from "./linear/operator.ts";
export type { Handle, ResidentOperator, ResidentSpace } from "./linear/resident.ts";
export { kroneckerOperator } from "./linear/kronecker.ts";
export { materialise } from "./linear/materialise.ts";
export type { FisherModel } from "./fisher/fisher.ts";
export { exactFisher } from "./fisher/exact.ts";
export { affineFisher } from "./fisher/affine.ts";
export { empiricalFisher } from "./fisher/empirical.ts";
export { diagonalFisher } from "./fisher/diagonal.ts";
export { kernelFisher } from "./fisher/kernel.ts";
export { kroneckerFisher, type KroneckerOptions } from "./fisher/kronecker.ts";
export {
  type CotangentSource,
  factorColumns,
  type OutputCotangents,
  sampledScores,
} from "./fisher/cotangents.ts";
export { sampleSpaceFisher } from "./fisher/sample-space.ts";
export { identityFisher } from "./fisher/identity.ts";
export { preconditioned } from "./fisher/preconditioned.ts";
export { subsampled, type SubsampledOptions } from "./fisher/subsampled.ts";

export type { SolveReport, Solver } from "./solver/solver.ts";
export { conjugateGradient, type ConjugateGradientOptions } from "./solver/conjugate-gradient.ts";
export {
  kernelConjugateGradient,
  type KernelConjugateGradientOptions,
} from "./solver/kernel-conjugate-gradient.ts";
export { cholesky } from "./solver/cholesky.ts";
export { direct } from "./solver/direct.ts";

export type {
  DirectionReport,
  Directions,
  DirectionSource,
  Refusal,
} from "./direction/direction.ts";
export { solved } from "./direction/solved.ts";
export { enac, type EnacOptions, type EpisodicOptions } from "./direction/enac.ts";
export { enacTimeVariant } from "./direction/enac-time-variant.ts";
export { lstdQ, type LstdQOptions } from "./direction/lstd-q.ts";
export { quadraticFeatures, type ValueFeatures } from "./direction/value-features.ts";

export type { Proposal, StepRule, Trial } from "./step/step-rule.ts";
export { fixed } from "./step/fixed.ts";
export { klNormalised } from "./step/kl-normalised.ts";
export { dampedCurvature } from "./step/damped-curvature.ts";
export { lineSearch, type LineSearchOptions } from "./step/line-search.ts";

export type { Diagnosis } from "./diagnosis/diagnosis.ts";
export { explainedVariance } from "./diagnosis/explained-variance.ts";
export { effectiveShare } from "./diagnosis/effective-share.ts";
export { type GradientQuality, gradientQuality } from "./diagnosis/halves.ts";
export type { PolicySpread } from "./diagnosis/spread.ts";

export type { Agent, Outcome, UpdateOptions, UpdateReport } from "./agent/agent.ts";
export { naturalGradient } from "./agent/natural-gradient.ts";
export type { DirectedParts, LearningParts, NaturalGradientParts } from "./agent/parts.ts";
export { maximumLikelihood, type MaximumLikelihoodParts } from "./agent/maximum-likelihood.ts";

export {
  type Crew,
  type CrewOptions,
  enlist,
  type Hand,
  type Orders,
  startCrew,
} from "./crew/crew.ts";
export type { EnvironmentRecipe, KernelSource, Recipe } from "./crew/recipe.ts";
export { createShardedCollector } from "./crew/collector.ts";
export { shardedSurrogate, type ShardedLinearisation } from "./crew/surrogate.ts";
export { shardedFisher } from "./crew/fisher.ts";

export { EnvironmentFault } from "./training/environment-fault.ts";
export type { Comparison, GroundTruth, Reference } from "./training/reference.ts";
export { train, type TrainingRecord, type TrainOptions } from "./training/train.ts";

export { type Check, findingsOf } from "./verify/verify.ts";
export { type Part, verifyPart } from "./verify/part.ts";
export { type DistributionCase, verifyDistribution } from "./verify/distribution.ts";
export { type NetworkCase, verifyNetwork } from "./verify/network.ts";
export { type FisherCase, verifyFisher } from "./verify/fisher.ts";
export { type SolverCase, verifySolver } from "./verify/solver.ts";
export { type StepRuleCase, verifyStepRule } from "./verify/step-rule.ts";
export { verifyAdvantage } from "./verify/advantage.ts";
export { type AgentCase, type AgentMaker, verifyAgent } from "./verify/agent.ts";
