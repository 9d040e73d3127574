import { exp, expm1 } from "../math/elementary.ts";
import type { Rows } from "../math/rows.ts";
import { largest } from "../math/scalar.ts";
import type { ActionQuadrature, Distribution } from "./distribution.ts";
import { createLogSoftmax, exponentials } from "./log-softmax.ts";

/**
 * a ∈ {0 … count − 1} with the softmax probabilities p = exp(η) / Σ exp(η), η the logits; an action
 * is stored as the one number a.
 *
 * log π = η_a − log Σ exp(η), score = e_a − p, M = diag(p) − ppᵀ (singular along 1, since adding a
 * constant to η changes nothing), KL(p ‖ q) = Σ p log(p/q) and entropy = −Σ p log p with 0 log 0 = 0.
 *
 * A logit of −∞ rules a choice out: its probability, score and row of M are exactly 0, log π is −∞,
 * and KL is ∞ where q rules out what p allows. Some choice of every row must be left.
 *
 * @throws RangeError unless `count` is a positive integer.
 */
export function categorical(count: number): Distribution {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`categorical: count must be a positive integer, got ${count}`);
  }
  const logSoftmax = createLogSoftmax();
  return {
    parameterSize: count,
    actionSize: 1,
    firstInvalid,
    sample: sampler(count),
    mode,
    logProb: logProbability(logSoftmax),
    score: scores(logSoftmax),
    applyFisher: fisherProduct(logSoftmax),
    factor: { columns: Math.max(count - 1, 0), column: factorColumn(logSoftmax) },
    quadrature: () => ({ count, node: choiceWithProbability(logSoftmax) }),
    kl: divergence(logSoftmax, createLogSoftmax()),
    entropy: entropies(logSoftmax),
  };
}

/** NaN or ∞ wherever it stands, and −∞ where all of a row is. */
function firstInvalid({ count, width, data }: Rows): number {
  for (let i = 0; i < count; i++) {
    const start = i * width;
    for (let k = start; k < start + width; k++) if (!(data[k] < Infinity)) return k;
    if (largest(data, start, width) === -Infinity) return start;
  }
  return -1;
}

/**
 * aᵢ ← the first a with w₀ + … + w_a > u Σ w, where w = exp(η − max η) and u ~ U[0, 1): one draw a
 * row, and no logarithm.
 */
function sampler(count: number): Distribution["sample"] {
  const w = new Float64Array(count);
  return (eta, random, actions) => {
    const { width, data } = eta;
    for (let i = 0; i < eta.count; i++) {
      const start = i * width;
      const top = largest(data, start, width);
      let total = 0;
      for (let k = 0; k < width; k++) {
        w[k] = exp(data[start + k] - top);
        total += w[k];
      }
      let left = random.uniform(0, 1) * total;
      let choice = 0;
      for (let k = 0; k < width && left >= 0; k++) {
        // Rounding may leave some of u at the end: the last possible choice takes it.
        if (w[k] > 0) choice = k;
        left -= w[k];
      }
      actions.data[i] = choice;
    }
  };
}

function mode({ count, width, data }: Rows, actions: Rows): void {
  for (let i = 0; i < count; i++) {
    let best = 0;
    for (let k = 1; k < width; k++) {
      if (data[i * width + k] > data[i * width + best]) best = k;
    }
    actions.data[i] = best;
  }
}

/** Rows of log p. */
type LogSoftmax = ReturnType<typeof createLogSoftmax>;

function logProbability(logSoftmax: LogSoftmax): Distribution["logProb"] {
  return (eta, actions, out) => {
    const logP = logSoftmax(eta);
    const { count, width } = eta;
    for (let i = 0; i < count; i++) out[i] = logP[i * width + choiceAt(actions, i, width)];
  };
}

function scores(logSoftmax: LogSoftmax): Distribution["score"] {
  return (eta, actions, { data: out }) => {
    const { count, width } = eta;
    exponentials(logSoftmax(eta), count * width, out);
    for (let i = 0; i < count; i++) {
      const choice = choiceAt(actions, i, width);
      for (let k = 0; k < width; k++)
        out[i * width + k] = (k === choice ? 1 : 0) - out[i * width + k];
    }
  };
}

/** Action i. @throws RangeError unless it is one of the choices: it would index another row. */
function choiceAt(actions: Rows, i: number, count: number): number {
  const choice = actions.data[i];
  if (Number.isInteger(choice) && choice >= 0 && choice < count) return choice;
  throw new RangeError(
    `categorical: actions must be integers from 0 to ${count - 1}, got ${choice} in row ${i}`,
  );
}

/** outₖ ← pₖ (vₖ − pᵀv). */
function fisherProduct(logSoftmax: LogSoftmax): Distribution["applyFisher"] {
  return (eta, { data: v }, { data: out }) => {
    const { count, width } = eta;
    const p = logSoftmax(eta);
    exponentials(p, count * width, p);
    for (let i = 0; i < count; i++) {
      let mean = 0;
      for (let k = i * width; k < (i + 1) * width; k++) mean += p[k] * v[k];
      for (let k = i * width; k < (i + 1) * width; k++) out[k] = p[k] * (v[k] - mean);
    }
  };
}

/**
 * Column c of the Cholesky factor of diag(p) − ppᵀ, which is known in closed form: with the tails
 * qⱼ = p_{j+1} + … + p_{k−1}, L_cc = √(p_c q_c / q_{c−1}) and L_jc = −pⱼ √(p_c / (q_{c−1} q_c)), j > c.
 *
 * The last column is zero and left out, so a choice of two has one column where diag(√p) − p√pᵀ has
 * two. Source: Tanabe & Sagae 1992, J. R. Stat. Soc. B 54:211.
 */
function factorColumn(logSoftmax: LogSoftmax): NonNullable<Distribution["factor"]>["column"] {
  return (eta, c, { data: out }) => {
    const { count, width } = eta;
    const p = logSoftmax(eta);
    exponentials(p, count * width, p);
    for (let i = 0; i < count; i++) {
      const start = i * width;
      let tail = 0;
      for (let k = start + width - 1; k > start + c; k--) tail += p[k];
      const own = p[start + c];
      const scale = tail > 0 ? Math.sqrt(own / (tail + own)) / Math.sqrt(tail) : 0;
      out.fill(0, start, start + c);
      out[start + c] = scale * tail;
      for (let k = start + c + 1; k < start + width; k++) out[k] = p[k] * -scale;
    }
  };
}

/** Choice n and its probability. */
function choiceWithProbability(logSoftmax: LogSoftmax): ActionQuadrature["node"] {
  const logProb = logProbability(logSoftmax);
  return (eta, n, actions, weights) => {
    actions.data.fill(n, 0, eta.count);
    logProb(eta, actions, weights);
    exponentials(weights, eta.count, weights);
  };
}

function divergence(ofP: LogSoftmax, ofQ: LogSoftmax): Distribution["kl"] {
  let p = new Float64Array(0);
  return (old, moved, out) => {
    const { count, width } = old;
    const [logP, logQ] = [ofP(old), ofQ(moved)];
    if (p.length !== logP.length) p = new Float64Array(logP.length);
    exponentials(logP, count * width, p);
    for (let i = 0; i < count; i++) {
      let sum = 0;
      for (let k = i * width; k < (i + 1) * width; k++) sum += klTerm(p[k], logP[k], logQ[k]);
      out[i] = sum;
    }
  };
}

/**
 * p log(p/q) + q − p from p and the logarithms, whose sum over k is the KL since Σp = Σq = 1.
 *
 * Each term is p (exp(d) − 1 − d) with d = log(q/p), at least 0, so that no large terms cancel where
 * p and q are close.
 */
export function klTerm(p: number, logP: number, logQ: number): number {
  const d = logQ - logP;
  if (d < 1 && p > 0) return p * (expm1(d) - d);
  const q = exp(logQ);
  return p === 0 ? q : q - p - p * d;
}

function entropies(logSoftmax: LogSoftmax): Distribution["entropy"] {
  return (eta, out) => {
    const { count, width } = eta;
    const logP = logSoftmax(eta);
    for (let i = 0; i < count; i++) {
      let sum = 0;
      for (let k = i * width; k < (i + 1) * width; k++) {
        const p = exp(logP[k]);
        if (p > 0) sum -= p * logP[k];
      }
      out[i] = sum;
    }
  };
}
