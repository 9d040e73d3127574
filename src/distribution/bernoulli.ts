import { exp, log1p } from "../math/elementary.ts";
import type { Random } from "../math/random.ts";
import type { Rows } from "../math/rows.ts";
import { requireCount } from "../math/scalar.ts";
import type { Vector } from "../math/vector.ts";
import { klTerm } from "./categorical.ts";
import type { Distribution } from "./distribution.ts";

/**
 * a ∈ {0, 1}^size, independent with P(a = 1) = p = 1/(1 + exp(−η)), η the logits: logistic regression
 * is this behind a linear network.
 *
 * Per component log π = −log(1 + exp(∓η)) for a = 1, 0; score = a − p; M = p(1 − p), which unlike
 * that of `categorical(2)` is not singular; KL(p ‖ q) = p log(p/q) + (1 − p) log((1 − p)/(1 − q)).
 *
 * @throws RangeError for a size that is not a positive integer.
 */
export function bernoulli(size: number): Distribution {
  requireCount("bernoulli", "size", size);
  return {
    parameterSize: size,
    actionSize: size,
    sample,
    mode,
    logProb,
    score,
    applyFisher,
    factor: { columns: size, column: factorColumn },
    kl,
    entropy,
  };
}

/** 1/(1 + exp(−x)), accurate in both tails. */
function logistic(x: number): number {
  const small = exp(-Math.abs(x));
  return (x < 0 ? small : 1) / (1 + small);
}

/** log logistic(x) = −log(1 + exp(−x)). */
function logLogistic(x: number): number {
  return Math.min(x, 0) - log1p(exp(-Math.abs(x)));
}

function sample(eta: Rows, random: Random, { data: a }: Rows): void {
  for (let i = 0; i < a.length; i++) a[i] = random.uniform(0, 1) < logistic(eta.data[i]) ? 1 : 0;
}

function mode(eta: Rows, { data: a }: Rows): void {
  for (let i = 0; i < a.length; i++) a[i] = eta.data[i] > 0 ? 1 : 0;
}

function logProb(eta: Rows, actions: Rows, out: Vector): void {
  const { width } = eta;
  for (let i = 0; i < eta.count; i++) {
    let sum = 0;
    for (let k = i * width; k < (i + 1) * width; k++) {
      sum += logLogistic(actionAt(actions, k) === 1 ? eta.data[k] : -eta.data[k]);
    }
    out[i] = sum;
  }
}

function score(eta: Rows, actions: Rows, out: Rows): void {
  for (let k = 0; k < eta.data.length; k++) {
    const x = eta.data[k];
    out.data[k] = actionAt(actions, k) === 1 ? logistic(-x) : -logistic(x);
  }
}

/** Number k of the actions. @throws RangeError unless it is 0 or 1. */
function actionAt({ width, data }: Rows, k: number): number {
  if (data[k] === 0 || data[k] === 1) return data[k];
  throw new RangeError(
    `bernoulli: actions must be 0 or 1, got ${data[k]} in row ${Math.floor(k / width)}`,
  );
}

function applyFisher(eta: Rows, v: Rows, out: Rows): void {
  for (let k = 0; k < eta.data.length; k++) {
    const x = eta.data[k];
    out.data[k] = logistic(x) * logistic(-x) * v.data[k];
  }
}

function factorColumn({ count, width, data }: Rows, c: number, out: Rows): void {
  out.data.fill(0);
  for (let i = 0; i < count; i++) {
    const at = i * width + c;
    out.data[at] = Math.sqrt(logistic(data[at]) * logistic(-data[at]));
  }
}

function kl(p: Rows, q: Rows, out: Vector): void {
  const { width } = p;
  for (let i = 0; i < p.count; i++) {
    let sum = 0;
    for (let k = i * width; k < (i + 1) * width; k++) {
      const [x, y] = [p.data[k], q.data[k]];
      const one = klOfOutcome(logLogistic(x), logLogistic(y));
      sum += one + klOfOutcome(logLogistic(-x), logLogistic(-y));
    }
    out[i] = sum;
  }
}

function klOfOutcome(logP: number, logQ: number): number {
  return klTerm(exp(logP), logP, logQ);
}

function entropy(eta: Rows, out: Vector): void {
  const { width } = eta;
  for (let i = 0; i < eta.count; i++) {
    let sum = 0;
    for (let k = i * width; k < (i + 1) * width; k++) {
      const x = Math.abs(eta.data[k]);
      sum += x * logistic(-x) - logLogistic(x);
    }
    out[i] = sum;
  }
}
