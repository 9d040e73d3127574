import {
  type AdvantageEstimator,
  type Batch,
  createRows,
  diagonalGaussian,
  type Distribution,
  exactFisher,
  type FisherModel,
  gae,
  linear,
  type LinearOperator,
  mlp,
  type Network,
} from "../../src/index.ts";

const gaussian = diagonalGaussian(2);
const distribution = (broken: Partial<Distribution>): Distribution => ({ ...gaussian, ...broken });

export const distributions = {
  swappedKl: distribution({ kl: (p, q, out) => gaussian.kl(q, p, out) }),
  wrongScore: distribution({
    score: (eta, actions, out) => {
      gaussian.score(eta, actions, out);
      for (let i = 2; i < out.data.length; i += 4) out.data[i] += 1;
    },
  }),
  wrongFisher: distribution({
    applyFisher: (eta, v, out) => {
      const { data } = v;
      const halved = { ...v, data: data.map((x, j) => (j % 4 < 2 ? x : x / 2)) };
      gaussian.applyFisher(eta, halved, out);
    },
  }),
  notNormalised: distribution({
    logProb: (eta, actions, out) => {
      gaussian.logProb(eta, actions, out);
      out.forEach((_, i) => (out[i] += Math.log(2 * Math.PI)));
    },
  }),
  variance: distribution({
    sample: (eta, random, actions) => {
      // σ² in the place of σ.
      const squared = { ...eta, data: eta.data.map((x, j) => (j % 4 < 2 ? x : 2 * x)) };
      gaussian.sample(squared, random, actions);
    },
  }),
  bitsForNats: distribution({
    entropy: (eta, out) => {
      gaussian.entropy(eta, out);
      out.forEach((_, i) => (out[i] /= Math.LN2));
    },
  }),
  notAliased: distribution({
    applyFisher: (eta, v, out) => {
      const copy = createRows(v.count, v.width);
      gaussian.applyFisher(eta, v, copy);
      out.data.fill(0);
      out.data.forEach((_, j) => (out.data[j] = v === out ? 0 : copy.data[j]));
    },
  }),
};

/** A network whose linearisation is changed. */
function changed(
  network: Network,
  change: (point: ReturnType<Network["linearisation"]>) => object,
): Network {
  return {
    ...network,
    linearisation: (rows) => {
      const point = network.linearisation(rows);
      return { ...point, ...change(point) };
    },
  };
}

const perceptron = mlp({ inputSize: 3, hidden: [4], outputSize: 2 });

export const networks = {
  wrongJvp: changed(perceptron, (point) => ({
    jvp: (v: Float64Array, out: typeof point.outputs) => {
      point.jvp(v, out);
      out.data[0] *= 1.01;
    },
  })),
  accumulating: changed(linear(3, 2), (point) => ({
    vjp: (u: typeof point.outputs, out: Float64Array) => {
      const before = out.slice();
      point.vjp(u, out);
      out.forEach((_, i) => (out[i] += before[i] + 1e-3));
    },
  })),
  scalesU: changed(linear(3, 2), (point) => ({
    vjp: (u: typeof point.outputs, out: Float64Array) => {
      point.vjp(u, out);
      u.data[0] *= 2;
    },
  })),
};

/** The exact model with its operator changed. */
function fisher(change: (a: LinearOperator, weights: Float64Array) => LinearOperator["apply"]) {
  return (): FisherModel<LinearOperator> => {
    const exact = exactFisher();
    return {
      at: (point, of, actions, weights) => {
        const a = exact.at(point, of, actions, weights);
        return { size: a.size, apply: change(a, weights) };
      },
    };
  };
}

export const fishers = {
  skew: fisher((a) => (v, out) => {
    a.apply(v, out);
    out[0] += 0.1 * v[v.length - 1];
  }),
  negative: fisher((a) => (v, out) => {
    a.apply(v, out);
    out.forEach((_, i) => (out[i] = -out[i]));
  }),
  damped: fisher((a) => (v, out) => {
    a.apply(v, out);
    out.forEach((_, i) => (out[i] += 0.1 * v[i]));
  }),
  unweighted: (): FisherModel<LinearOperator> => {
    const exact = exactFisher();
    return {
      at: (point, of, actions, weights) =>
        exact.at(point, of, actions, new Float64Array(weights.length).fill(1 / weights.length)),
    };
  },
};

const sound = gae({ discount: 0.9, lambda: 0.7 });
const estimator = (change: (batch: Batch) => Partial<Batch>): AdvantageEstimator => ({
  ...sound,
  estimate: (batch, ...rest) => sound.estimate({ ...batch, ...change(batch) }, ...rest),
});

export const advantages = {
  // V(sₜ) in the place of V(sₜ₊₁) at a time limit.
  valueBeforeStep: estimator(({ episodes, observations, lastObservations }) => ({
    lastObservations: {
      ...lastObservations,
      data: Float64Array.from(episodes, ({ end }) => observations.data[end - 1]),
    },
  })),
  limitIsTermination: estimator(({ episodes }) => ({
    episodes: episodes.map((episode) => ({ ...episode, ending: "terminated" })),
  })),
  terminationBootstraps: estimator(({ episodes }) => ({
    episodes: episodes.map((episode) => ({ ...episode, ending: "truncated" })),
  })),
  // One recursion over all steps, as if the batch were one episode.
  leaking: estimator(({ episodes, observations, lastObservations }) => ({
    episodes: [{ start: 0, end: observations.count, ending: "truncated", elapsed: 0 }],
    lastObservations: {
      ...lastObservations,
      count: 1,
      data: lastObservations.data.slice(episodes.length - 1),
    },
  })),
};
