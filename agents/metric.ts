import {
  affineFisher,
  type Agent,
  conjugateGradient,
  diagonalFisher,
  direct,
  empiricalFisher,
  type Environment,
  exactFisher,
  type FisherModel,
  type InvertibleOperator,
  kernelConjugateGradient,
  kernelFisher,
  kroneckerFisher,
  type LinearOperator,
  preconditioned,
  type ResidentOperator,
  sampleSpaceFisher,
  type Solver,
  subsampled,
} from "../src/index.ts";
import type { BatchParts } from "./parts.ts";

/** What the directions of an agent are measured by, and how it solves with it. */
export interface Metric<A extends LinearOperator> {
  readonly fisher: FisherModel<A>;
  readonly solver: Solver<A>;
}

/** The choices of a metric, as options of an agent. */
export interface MetricSettings {
  readonly fisher: (typeof fisherNames)[number];
  readonly precondition: (typeof preconditionerNames)[number];
  readonly fisherEvery: number;
  readonly iterations: number;
  readonly tolerance: number;
  readonly warmStart: boolean;
  readonly hidden: readonly number[];
  readonly stateStd: boolean;
}

export const fisherNames = [
  ...(["auto", "exact", "empirical"] as const),
  ...(["kronecker", "diagonal", "sample-space"] as const),
] as const;
export const preconditionerNames = ["none", "kronecker", "diagonal"] as const;

/** Models that solve with themselves. */
const explicit = {
  kronecker: kroneckerFisher,
  diagonal: diagonalFisher,
  "sample-space": sampleSpaceFisher,
};

/**
 * The parts where the metric needs no more of a batch than J v and Jᵀu, neither its layers nor some of
 * its steps, and hidden layers make it worth while; else undefined.
 */
export function batchPartsFor(
  settings: Pick<MetricSettings, "hidden" | "fisher" | "precondition" | "fisherEvery">,
  batch: BatchParts | undefined,
): BatchParts | undefined {
  const { hidden, fisher, precondition, fisherEvery } = settings;
  const plain =
    (fisher === "exact" || fisher === "auto") && precondition === "none" && fisherEvery === 1;
  return plain && hidden.length > 0 ? batch : undefined;
}

/**
 * Hands `make` the chosen model with its solver: conjugate gradient, in the memory of the kernels for
 * the exact F of hidden layers, or the model itself.
 *
 * `auto` is the exact F, which a linear-Gaussian policy solves with directly, M being the same at all
 * states: one pass over the batch in place of one an iteration, and no residual. The M of a softmax
 * or of a σ of the observation differs between states and leaves conjugate gradient, as hidden layers
 * do. A preconditioner takes conjugate gradient out of the kernels into float64, with the products F v
 * still theirs.
 *
 * @throws RangeError for an option of conjugate gradient with a model that solves with itself.
 */
export function withMetric(
  { actionSpace }: Environment,
  settings: MetricSettings,
  make: <A extends LinearOperator>(metric: Metric<A>) => Agent,
  batch?: BatchParts,
): Agent {
  const { fisher, precondition, hidden, stateStd } = settings;
  const linearGaussian = hidden.length === 0 && actionSpace.kind === "box" && !stateStd;
  const model = selfSolving(settings, linearGaussian);
  if (model !== undefined) {
    requireNothingOfIterations(settings);
    return make({ fisher: thinned(model, settings), solver: direct() });
  }
  const kernels = fisher !== "empirical" && hidden.length > 0;
  if (kernels && precondition === "none") {
    return make<ResidentOperator>({
      fisher: thinned(batch?.fisher ?? kernelFisher(), settings),
      solver: kernelConjugateGradient(iterationsOf(settings)),
    });
  }
  const exact = kernels ? kernelFisher() : exactFisher();
  const plain = fisher === "empirical" ? empiricalFisher() : exact;
  return make({
    fisher: thinned(
      precondition === "none" ? plain : preconditioned(plain, explicit[precondition]()),
      settings,
    ),
    solver: conjugateGradient(iterationsOf(settings)),
  });
}

/** The model, where it solves with itself. */
function selfSolving(
  { fisher, precondition }: MetricSettings,
  linearGaussian: boolean,
): FisherModel<InvertibleOperator> | undefined {
  if (fisher === "exact" || fisher === "empirical") return undefined;
  if (fisher !== "auto") return explicit[fisher]();
  return linearGaussian && precondition === "none" ? affineFisher() : undefined;
}

function requireNothingOfIterations(settings: MetricSettings): void {
  const { fisher, precondition, tolerance, warmStart } = settings;
  const rules = [
    { name: "precondition", rule: "none", value: precondition, given: precondition !== "none" },
    { name: "tolerance", rule: "0", value: tolerance, given: tolerance > 0 },
    { name: "warmStart", rule: "false", value: warmStart, given: warmStart },
  ];
  for (const { name, rule, value, given } of rules) {
    if (!given) continue;
    throw new RangeError(
      `${name} must be ${rule} where fisher solves with itself, got ${String(value)} with fisher ${fisher}; take fisher exact`,
    );
  }
}

/** A tolerance of 0 leaves the solver its own. */
function iterationsOf({ iterations, tolerance, warmStart }: MetricSettings): {
  readonly iterations: number;
  readonly tolerance?: number;
  readonly warmStart: boolean;
} {
  return { iterations, warmStart, ...(tolerance > 0 && { tolerance }) };
}

function thinned<A extends LinearOperator>(
  model: FisherModel<A>,
  { fisherEvery: every }: MetricSettings,
): FisherModel<A> {
  return every === 1 ? model : subsampled(model, { every });
}
