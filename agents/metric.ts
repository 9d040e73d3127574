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
  readonly hidden: readonly number[];
  readonly stateStd: boolean;
}

export const fisherNames = ["auto", "exact", "empirical", "kronecker", "diagonal"] as const;
export const preconditionerNames = ["none", "kronecker", "diagonal"] as const;

/** Models to iterate with. */
const implicit = { exact: exactFisher, empirical: empiricalFisher };
/** Models that solve with themselves. */
const explicit = { kronecker: kroneckerFisher, diagonal: diagonalFisher };

/**
 * The parts where the metric needs no more of a batch than J v and Jᵀu, neither its layers nor some of
 * its steps, and hidden layers make it worth while; else undefined.
 */
export function batchPartsFor(
  settings: Omit<MetricSettings, "iterations" | "stateStd">,
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
 * or of a σ of the observation differs between states and leaves conjugate gradient, as hidden layers do.
 *
 * @throws RangeError for a preconditioner of a model that solves with itself.
 */
export function withMetric(
  { actionSpace }: Environment,
  settings: MetricSettings,
  make: <A extends LinearOperator>(metric: Metric<A>) => Agent,
  batch?: BatchParts,
): Agent {
  const { precondition, iterations, hidden, stateStd } = settings;
  const linearGaussian = hidden.length === 0 && actionSpace.kind === "box" && !stateStd;
  if (settings.fisher === "auto" && linearGaussian && precondition === "none") {
    return make({ fisher: thinned(affineFisher(), settings), solver: direct() });
  }
  const fisher = settings.fisher === "auto" ? "exact" : settings.fisher;
  if (fisher === "kronecker" || fisher === "diagonal") {
    if (precondition === "none") {
      return make<InvertibleOperator>({
        fisher: thinned(explicit[fisher](), settings),
        solver: direct(),
      });
    }
    throw new RangeError(
      `precondition must be none where fisher solves with itself, got ${precondition} with fisher ${fisher}; take fisher exact`,
    );
  }
  if (fisher === "exact" && precondition === "none" && hidden.length > 0) {
    const model = thinned(batch?.fisher ?? kernelFisher(), settings);
    return make<ResidentOperator>({
      fisher: model,
      solver: kernelConjugateGradient({ iterations }),
    });
  }
  const plain = implicit[fisher]();
  const model = precondition === "none" ? plain : preconditioned(plain, explicit[precondition]());
  return make({ fisher: thinned(model, settings), solver: conjugateGradient({ iterations }) });
}

function thinned<A extends LinearOperator>(
  model: FisherModel<A>,
  { fisherEvery: every }: MetricSettings,
): FisherModel<A> {
  return every === 1 ? model : subsampled(model, { every });
}
