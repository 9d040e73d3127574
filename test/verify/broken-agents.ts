import {
  type Agent,
  type AgentMaker,
  type Batch,
  conjugateGradient,
  createSurrogate,
  dot,
  exactFisher,
  firstNonFinite,
  gae,
  klNewToOld,
  klNormalised,
  lineSearch,
  naturalGradient,
  norm,
  policyFor,
  ridge,
  type StepRule,
  zero,
  vectorState,
} from "../../src/index.ts";

const KL = 0.01;

/** The composition of the library with some parts replaced. */
function natural(parts: {
  step?: StepRule;
  retries?: number;
  divergence?: typeof klNewToOld;
}): AgentMaker {
  return (environment, random) =>
    naturalGradient({
      policy: policyFor(environment, random.split("policy")),
      baseline: ridge(),
      advantage: gae({ discount: 0.95, lambda: 0.9 }),
      fisher: exactFisher(),
      damping: 0.01,
      solver: conjugateGradient(),
      step: klNormalised(KL),
      ...parts,
    });
}

/** The same without a defect. */
export const soundAgent = natural({});

/** A line search whose last trial stays in θ though the report says that no step was taken. */
export const keepsRejectedTheta: AgentMaker = (environment, random) => {
  let tried = 0;
  const search = lineSearch({ kl: KL, backtracks: 1 });
  const step: StepRule = (proposal) =>
    search({
      ...proposal,
      trial: (alpha) => {
        tried = alpha;
        // Every second search fails.
        const trial = proposal.trial(alpha);
        return proposal.slope > 0.2 ? { ...trial, gain: -1 } : trial;
      },
    });
  const agent = natural({ step, retries: 0 })(environment, random);
  return {
    ...agent,
    update: (batch) => {
      const report = agent.update(batch);
      const { theta } = agent.policy;
      if (report.stepSize > 0 || !report.outcome.includes("no step accepted")) return report;
      for (let i = 0; i < theta.length; i++) theta[i] += tried * report.direction[i];
      return report;
    },
  };
};

/** A learning rate under the name of a bound of the KL. */
export const learningRateAgent = natural({ step: () => KL, retries: 0 });

/** Measures KL(new ‖ old) and calls it KL(old ‖ new). */
export const swappedKlAgent = natural({ divergence: klNewToOld });

interface Care {
  readonly onNumbers?: (g: Float64Array) => void;
  readonly alphaOf?: (alpha: number) => number;
}

/**
 * θ ← θ + √(2δ / wᵀFw) w without a look at the numbers, but for `onNumbers`, which sees the gradient and
 * may mend it, and `alphaOf`, which may mend the step.
 */
function careless({ onNumbers = () => undefined, alphaOf = (alpha) => alpha }: Care): AgentMaker {
  return (environment, random): Agent => {
    const policy = policyFor(environment, random.split("policy"));
    const advantage = gae({ discount: 0.95, lambda: 0.9 });
    const [solver, fisher] = [conjugateGradient(), exactFisher()];
    const n = policy.theta.length;
    const [g, w, fw] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
    const update = (batch: Batch) => {
      const count = batch.rewards.length;
      const surrogate = createSurrogate(policy, count);
      surrogate.at(batch);
      surrogate.weights.fill(1 / count);
      advantage.estimate(batch, zero(), surrogate.advantages, new Float64Array(count));
      surrogate.gradient(g);
      onNumbers(g);
      const { point, weights } = surrogate;
      const f = fisher.at(point, policy.distribution, batch.actions, weights);
      const solve = solver.solve(f, 0.01, g, w);
      f.apply(w, fw);
      const curvature = dot(w, fw);
      const stepSize = alphaOf(Math.sqrt((2 * KL) / curvature));
      const [slope, moved] = [dot(g, w), policy.theta.map((x, i) => x + stepSize * w[i])];
      const { gain, kl } = surrogate.measure(moved);
      policy.theta.set(moved);
      const predictedKl = 0.5 * stepSize * stepSize * curvature;
      return {
        ...{ outcome: "accepted" as const, gradientNorm: norm(g), slope, solve, damping: 0.01 },
        ...{ solves: 1, curvature, stepSize, backtracks: 0, predictedKl, kl, gain },
        ...{ predictedGain: stepSize * slope, gradient: g, direction: w },
      };
    };
    return { policy, discount: 0.95, update, state: vectorState("theta", policy.theta) };
  };
}

/** The root of what is not a number becomes θ. */
export const nanRoot = careless({});

/** NaN in the direction becomes 0, and in the step 1. */
export const hidesNanAgent = careless({
  onNumbers: (g) => g.forEach((x, i) => (g[i] = Number.isFinite(x) ? x : 0)),
  alphaOf: (alpha) => (Number.isFinite(alpha) ? alpha : 1),
});

/** Ends with an assertion where a number is not finite. */
export const diesAgent = careless({
  onNumbers: (g) => {
    if (firstNonFinite(g) >= 0) throw new Error("assertion failed: grad is finite");
  },
});

/** Saves its parameters alone, and forgets what its baseline has learnt. */
export const forgetful: AgentMaker = (environment, random) => {
  const agent = soundAgent(environment, random);
  return { ...agent, state: vectorState("theta", agent.policy.theta) };
};

let made = 0;

/** Starts from a counter outside its arguments. */
export const unseeded: AgentMaker = (environment, random) => {
  const agent = soundAgent(environment, random);
  agent.policy.theta[0] += 0.01 * made++;
  return agent;
};
