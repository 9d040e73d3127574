import { exp, expm1 } from "../math/elementary.ts";
import type { Rows } from "../math/rows.ts";
import { largest, logSumExp } from "../math/scalar.ts";
import type { Vector } from "../math/vector.ts";
import type { Distribution } from "./distribution.ts";

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
  return {
    parameterSize: count,
    actionSize: 1,
    firstInvalid,
    sample: sampler(count),
    mode,
    logProb,
    score,
    applyFisher: fisherProduct(count),
    factor: { columns: Math.max(count - 1, 0), column: factorColumn },
    quadrature: () => ({ count, node: choiceWithProbability }),
    kl,
    entropy,
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

function logProb({ count, width, data }: Rows, actions: Rows, out: Vector): void {
  for (let i = 0; i < count; i++) {
    const start = i * width;
    const top = largest(data, start, width);
    out[i] = data[start + choiceAt(actions, i, width)] - top - logSumExp(data, start, width, top);
  }
}

function score({ count, width, data }: Rows, actions: Rows, out: Rows): void {
  for (let i = 0; i < count; i++) {
    const start = i * width;
    const top = largest(data, start, width);
    const logTotal = logSumExp(data, start, width, top);
    const choice = choiceAt(actions, i, width);
    for (let k = 0; k < width; k++) {
      out.data[start + k] = (k === choice ? 1 : 0) - exp(data[start + k] - top - logTotal);
    }
  }
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
function fisherProduct(choices: number): Distribution["applyFisher"] {
  const p = new Float64Array(choices);
  return ({ count, width, data }, v, out) => {
    for (let i = 0; i < count; i++) {
      const start = i * width;
      const top = largest(data, start, width);
      const logTotal = logSumExp(data, start, width, top);
      let mean = 0;
      for (let k = 0; k < width; k++) {
        p[k] = exp(data[start + k] - top - logTotal);
        mean += p[k] * v.data[start + k];
      }
      for (let k = 0; k < width; k++) out.data[start + k] = p[k] * (v.data[start + k] - mean);
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
function factorColumn({ count, width, data }: Rows, c: number, out: Rows): void {
  for (let i = 0; i < count; i++) {
    const start = i * width;
    const top = largest(data, start, width);
    const logTotal = logSumExp(data, start, width, top);
    let tail = 0;
    for (let k = width - 1; k > c; k--) {
      const p = exp(data[start + k] - top - logTotal);
      out.data[start + k] = p;
      tail += p;
    }
    const p = exp(data[start + c] - top - logTotal);
    const scale = tail > 0 ? Math.sqrt(p / (tail + p)) / Math.sqrt(tail) : 0;
    out.data.fill(0, start, start + c);
    out.data[start + c] = scale * tail;
    for (let k = c + 1; k < width; k++) out.data[start + k] *= -scale;
  }
}

/** Choice n and its probability. */
function choiceWithProbability(eta: Rows, n: number, actions: Rows, weights: Vector): void {
  actions.data.fill(n, 0, eta.count);
  logProb(eta, actions, weights);
  for (let i = 0; i < eta.count; i++) weights[i] = exp(weights[i]);
}

function kl(p: Rows, q: Rows, out: Vector): void {
  const { count, width } = p;
  for (let i = 0; i < count; i++) {
    const start = i * width;
    const topP = largest(p.data, start, width);
    const topQ = largest(q.data, start, width);
    const logP = logSumExp(p.data, start, width, topP);
    const logQ = logSumExp(q.data, start, width, topQ);
    let sum = 0;
    for (let k = start; k < start + width; k++) {
      sum += klTerm(p.data[k] - topP - logP, q.data[k] - topQ - logQ);
    }
    out[i] = sum;
  }
}

/**
 * p log(p/q) + q − p from the logarithms, whose sum over k is the KL since Σp = Σq = 1.
 *
 * Each term is p (exp(d) − 1 − d) with d = log(q/p), at least 0, so that no large terms cancel where
 * p and q are close.
 */
export function klTerm(logP: number, logQ: number): number {
  const p = exp(logP);
  if (p === 0) return exp(logQ);
  const d = logQ - logP;
  return d < 1 ? p * (expm1(d) - d) : exp(logQ) - p - p * d;
}

function entropy({ count, width, data }: Rows, out: Vector): void {
  for (let i = 0; i < count; i++) {
    const start = i * width;
    const top = largest(data, start, width);
    const logTotal = logSumExp(data, start, width, top);
    let sum = 0;
    for (let k = start; k < start + width; k++) {
      const logP = data[k] - top - logTotal;
      const p = exp(logP);
      if (p > 0) sum -= p * logP;
    }
    out[i] = sum;
  }
}
