import {
  type AdvantageEstimator,
  type Agent,
  type Batch,
  conjugateGradient,
  constantHead,
  createPolicy,
  createRandom,
  createRows,
  createSurrogate,
  diagonalGaussian,
  exactFisher,
  type FisherModel,
  kernelConjugateGradient,
  kernelFisher,
  kernelMlp,
  klNormalised,
  type Kernels,
  type LinearOperator,
  naturalGradient,
  type Policy,
  type ResidentOperator,
  type Rows,
  type Solver,
  type Surrogate,
  zero,
} from "../../src/index.ts";

const ITERATIONS = 10;
const DAMPING = 0.1;
const KL = 0.01;

/** One policy on one batch in one way of computing: what is timed. */
export interface Subject {
  readonly product: () => void;
  readonly gradient: () => void;
  /** A whole update with the step measured once, as a line search that succeeds; θ is put back. */
  readonly update: () => void;
}

/** A Gaussian policy of the given widths on a random batch, computed by the kernels given. */
export function subjectOf(kernels: Kernels, widths: readonly number[], count: number): Subject {
  const policy = policyOf(kernels, widths);
  const batch = randomBatch(widths, count);
  const { fisher, solver } = metricOf(kernels);
  const surrogate = createSurrogate(policy, count);
  surrogate.advantages.set(batch.rewards);
  surrogate.weights.fill(1 / count);
  const g = new Float64Array(policy.theta.length);
  const gradient = (): void => {
    surrogate.at(batch);
    surrogate.gradient(g);
  };
  gradient();
  const product = productOf(operatorOf(fisher, policy, surrogate, batch), g);
  const agent = agentOf(policy, fisher, solver);
  const start = policy.theta.slice();
  return {
    gradient,
    update: () => {
      agent.update(batch);
      policy.theta.set(start);
    },
    product: () => {
      product();
      kernels.settle?.();
    },
  };
}

function policyOf(kernels: Kernels, widths: readonly number[]): Policy {
  const size = widths[widths.length - 1];
  const body = kernelMlp(kernels, {
    inputSize: widths[0],
    hidden: widths.slice(1, -1),
    outputSize: size,
  });
  const network = constantHead(body, new Array<number>(size).fill(-0.5));
  return createPolicy(network, diagonalGaussian(size), createRandom(widths.join()));
}

/** One episode of uniform numbers; its rewards serve as advantages. */
function randomBatch(widths: readonly number[], count: number): Batch {
  const random = createRandom("batch");
  const uniform = (width: number): Rows => {
    const rows = createRows(count, width);
    for (let i = 0; i < rows.data.length; i++) rows.data[i] = random.uniform(-1, 1);
    return rows;
  };
  return {
    observations: uniform(widths[0]),
    actions: uniform(widths[widths.length - 1]),
    rewards: uniform(1).data,
    episodes: [{ start: 0, end: count, ending: "terminated", elapsed: 0 }],
    lastObservations: uniform(widths[0]),
    finished: [],
  };
}

/** The exact F and conjugate gradient, in the memory of the kernels where there are any. */
function metricOf(kernels: Kernels): {
  readonly fisher: FisherModel<ResidentOperator> | FisherModel<LinearOperator>;
  readonly solver: Solver;
} {
  if (kernels.module === undefined) {
    return { fisher: exactFisher(), solver: conjugateGradient({ iterations: ITERATIONS }) };
  }
  // the solver only ever meets the operators of this model, which the type cannot say
  const solver = kernelConjugateGradient({ iterations: ITERATIONS }) as Solver;
  return { fisher: kernelFisher(), solver };
}

function operatorOf(
  fisher: FisherModel<LinearOperator>,
  { distribution }: Policy,
  { point, weights }: Surrogate,
  { actions }: Batch,
): LinearOperator {
  return fisher.at(point, distribution, actions, weights);
}

/** F v, in the operator's own memory where it has one, as conjugate gradient applies it. */
function productOf(operator: LinearOperator, v: Float64Array): () => void {
  if ("applyResident" in operator) {
    const resident = operator as ResidentOperator;
    const [source, target] = [resident.space.allocate(), resident.space.allocate()];
    resident.space.load(v, 1, source);
    return () => resident.applyResident(source, target);
  }
  const out = new Float64Array(v.length);
  return () => operator.apply(v, out);
}

function agentOf(policy: Policy, fisher: FisherModel<LinearOperator>, solver: Solver): Agent {
  const given: AdvantageEstimator = {
    discount: 1,
    estimate: ({ rewards }, _, advantages) => advantages.set(rewards),
  };
  return naturalGradient({
    ...{ policy, baseline: zero(), advantage: given, fisher, solver },
    damping: DAMPING,
    step: klNormalised(KL),
  });
}
