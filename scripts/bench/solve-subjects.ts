import { trpo } from "../../agents/index.ts";
import { cartpole } from "../../envs/index.ts";
import {
  addScaled,
  type Batch,
  conjugateGradient,
  cosine,
  createCollector,
  createRandom,
  createSurrogate,
  exactFisher,
  type FisherModel,
  gae,
  type LinearOperator,
  norm,
  type Policy,
  ridge,
  type Solver,
  type SolveReport,
  standardised,
  type Surrogate,
  type Vector,
} from "../../src/index.ts";

const STEPS = 2048;
/** Updates by TRPO before anything is measured. */
const UPDATES = 4;

/** A model of F and what solves with it. */
export interface Way<A extends LinearOperator> {
  readonly fisher: FisherModel<A>;
  readonly solver: Solver<A>;
}

/** One solve, (F + λI)w = g with the F of `Way`, from the linearised policy on. */
export interface MeasuredSolve {
  readonly run: () => SolveReport;
  /** ‖g − (F + λI)w‖ / ‖g‖ of the exact F, whatever w was solved with. */
  readonly residual: () => number;
  /** Between w and the exact natural gradient. */
  readonly cosine: () => number;
}

/** g and F of an update of TRPO on cart-pole, for solves in many ways. */
export interface SolveSubject {
  /** Repeats a solve, every time as if the last had been for the update before. */
  solveBy<A extends LinearOperator>(way: Way<A>): MeasuredSolve;
}

/** A batch with g and all that F is made of. */
interface Moment {
  readonly policy: Policy;
  readonly batch: Batch;
  readonly surrogate: Surrogate;
  readonly g: Vector;
}

/** Two successive updates of a policy with the hidden layers given, 2048 steps each. */
export function solveSubject(hidden: readonly number[], damping: number): SolveSubject {
  const environment = cartpole();
  const random = createRandom("solves");
  const options = { hidden: [...hidden], damping };
  const agent = trpo(environment, random.split("agent"), options);
  const { policy } = agent;
  const collector = createCollector({
    ...{ environment, policy, random: random.split("batches") },
    ...{ environments: 1, stepsPerEnvironment: STEPS },
  });
  for (let i = 0; i < UPDATES; i++) agent.update(collector.collect());
  const momentOf = createMoments(policy);
  // θ moves between the two moments, and the first is never solved with again
  const before = momentOf(collector.collect());
  agent.update(before.batch);
  const now = momentOf(collector.collect());
  const f = operatorOf({ fisher: exactFisher() }, now);
  const exact = new Float64Array(policy.theta.length);
  const toRounding = conjugateGradient({ iterations: 1000, tolerance: 1e-6 });
  toRounding.solve(f, damping, now.g, exact);
  return { solveBy: (way) => measured(way, { before, now, damping, f, exact }) };
}

function createMoments(policy: Policy): (batch: Batch) => Moment {
  const baseline = ridge();
  const advantage = standardised(gae({ discount: 0.99, lambda: 0.95 }));
  const returns = new Float64Array(STEPS);
  return (batch) => {
    const surrogate = createSurrogate(policy, STEPS);
    surrogate.at(batch);
    surrogate.weights.fill(1 / STEPS);
    advantage.estimate(batch, baseline, surrogate.advantages, returns);
    baseline.fit(batch.observations, returns);
    const g = new Float64Array(policy.theta.length);
    surrogate.gradient(g);
    return { policy, batch, surrogate, g };
  };
}

function operatorOf<A extends LinearOperator>(
  { fisher }: Pick<Way<A>, "fisher">,
  { policy, batch, surrogate }: Moment,
): A {
  const { point, weights } = surrogate;
  return fisher.at(point, policy.distribution, batch.actions, weights);
}

interface Setting {
  readonly before: Moment;
  readonly now: Moment;
  readonly damping: number;
  /** The exact F now, and w solved with it. */
  readonly f: LinearOperator;
  readonly exact: Vector;
}

function measured<A extends LinearOperator>(
  way: Way<A>,
  { before, now, damping, f, exact }: Setting,
): MeasuredSolve {
  const { g } = now;
  const w = new Float64Array(g.length);
  way.solver.solve(operatorOf(way, before), damping, before.g, w);
  const saved = way.solver.state?.save();
  return {
    run: () => {
      if (saved !== undefined) way.solver.state?.restore(saved);
      return way.solver.solve(operatorOf(way, now), damping, g, w);
    },
    cosine: () => cosine(w, exact),
    residual: () => {
      const r = new Float64Array(g.length);
      f.apply(w, r);
      addScaled(damping, w, r);
      addScaled(-1, g, r);
      return norm(r) / norm(g);
    },
  };
}
