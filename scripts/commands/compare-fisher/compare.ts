import {
  cosine,
  dot,
  exactFisher,
  type LinearOperator,
  median,
  type SolveReport,
  sumScaled,
  type Vector,
} from "../../../src/index.ts";
import { type Method, methodsFor, solveExactly } from "./methods.ts";
import type { ComparisonSettings } from "./settings.ts";
import { shapeOf } from "./shape.ts";
import type { Snapshot } from "./snapshot.ts";

/** What a method's direction is worth on the batch, and what it cost. */
export interface Measured {
  /** cos∠(w, exact w). */
  readonly cosine: number;
  /** √(2δ / wᵀFw) with the exact F: a step whose second-order KL is δ. */
  readonly stepSize: number;
  /** ½α²wᵀF̂w, the KL that the model predicts for that step. */
  readonly modelKl: number;
  /** ½α²wᵀFw with the exact F; δ but for rounding. */
  readonly predictedKl: number;
  /** Mean KL(old ‖ new) of that step on the batch, in nats. */
  readonly kl: number;
  /** α gᵀw. */
  readonly predictedGain: number;
  /** Rise of the surrogate by that step. */
  readonly gain: number;
  readonly status: SolveReport["status"];
  readonly iterations: number;
  readonly residual: number;
  /** Median of the time to build the model and solve. */
  readonly milliseconds: number;
}

/** One line of a comparison; without `measured` where the method does not apply. */
export interface Line {
  readonly method: string;
  /** Estimate for the buffers of model and solver. */
  readonly bytes: number;
  readonly measured?: Measured;
  readonly refusal?: string;
}

export interface Comparison {
  readonly environment: string;
  readonly agent: string;
  /** The run that the policy is of, where it is of one. */
  readonly run?: { readonly folder: string; readonly update: number; readonly steps: number };
  readonly seed: number;
  /** Updates of the comparison itself. */
  readonly updates: number;
  readonly steps: number;
  readonly parameters: number;
  readonly kl: number;
  readonly damping: number;
  /** The largest number of iterations of conjugate gradient. */
  readonly iterations: number;
  readonly reference: { readonly method: string } & SolveReport;
  readonly methods: readonly Line[];
}

/** Runs every method that applies on the snapshot. */
export function compareMethods(snapshot: Snapshot, settings: ComparisonSettings): Comparison {
  const { kl, damping, iterations } = settings.solve;
  const shape = shapeOf(snapshot);
  const exact = new Float64Array(shape.parameters);
  const reference = solveExactly(snapshot, shape, damping, exact);
  return {
    environment: settings.environment.name,
    agent: settings.agentName,
    ...runOf(settings),
    seed: settings.seed,
    updates: settings.updates,
    steps: shape.steps,
    parameters: shape.parameters,
    kl,
    damping,
    iterations,
    reference,
    methods: methodsFor(shape, settings.solve).map(({ name: method, numbers, refusal, run }) => ({
      method,
      bytes: 8 * numbers,
      ...(refusal === undefined
        ? { measured: measure({ run }, snapshot, settings, exact) }
        : { refusal }),
    })),
  };
}

function runOf({ run }: ComparisonSettings): Pick<Comparison, "run"> {
  if (run === undefined) return {};
  const { folder, update, steps } = run;
  return { run: { folder, update, steps } };
}

function measure(
  { run }: Pick<Method, "run">,
  snapshot: Snapshot,
  { solve: { kl, damping }, repeats }: ComparisonSettings,
  exact: Vector,
): Measured {
  const w = new Float64Array(exact.length);
  run(snapshot, damping, w);
  const times = Array.from({ length: repeats }, () => {
    const start = performance.now();
    run(snapshot, damping, w);
    return performance.now() - start;
  });
  const { report, operator } = run(snapshot, damping, w);
  return {
    cosine: cosine(w, exact),
    ...stepAlong(w, operator, snapshot, kl),
    ...report,
    milliseconds: median(times),
  };
}

/** The step of KL δ along w, and what it changes. */
function stepAlong(
  w: Vector,
  model: LinearOperator,
  { policy, batch, surrogate, gradient }: Snapshot,
  kl: number,
): Pick<Measured, "stepSize" | "modelKl" | "predictedKl" | "kl" | "predictedGain" | "gain"> {
  const product = new Float64Array(w.length);
  const curvatureOf = (operator: LinearOperator): number => {
    operator.apply(w, product);
    return dot(w, product);
  };
  const modelCurvature = curvatureOf(model);
  const curvature = curvatureOf(
    exactFisher().at(surrogate.point, policy.distribution, batch.actions, surrogate.weights),
  );
  const stepSize = Math.sqrt((2 * kl) / curvature);
  const candidate = new Float64Array(w.length);
  sumScaled(policy.theta, stepSize, w, candidate);
  return {
    stepSize,
    modelKl: 0.5 * stepSize ** 2 * modelCurvature,
    predictedKl: 0.5 * stepSize ** 2 * curvature,
    predictedGain: stepSize * dot(gradient, w),
    ...surrogate.measure(candidate),
  };
}
