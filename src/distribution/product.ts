import type { Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { ActionQuadrature, Distribution } from "./distribution.ts";
import { createParts, type Part } from "./product-parts.ts";

/**
 * a = (a₁, a₂, …) of independent parts, π(a; η) = Πₖ πₖ(aₖ; ηₖ) with η = (η₁, η₂, …): softmaxes for
 * several choices at once, or choices and numbers in one action.
 *
 * log π, KL and entropy are sums over the parts, the score is theirs side by side, M and its factor
 * are block diagonal, and the quadrature has every combination of their nodes. The parts draw one
 * after the other, each for all rows.
 *
 * @throws RangeError for no parts.
 */
export function product(distributions: readonly Distribution[]): Distribution {
  if (distributions.length === 0) {
    throw new RangeError("product: distributions must hold one or more, got none");
  }
  const parts = createParts(distributions);
  const factored = distributions.every(({ factor }) => factor !== undefined);
  const integrated = distributions.every(({ quadrature }) => quadrature !== undefined);
  return {
    parameterSize: total(distributions, ({ parameterSize }) => parameterSize),
    actionSize: total(distributions, ({ actionSize }) => actionSize),
    firstInvalid: (eta) => firstInvalid(parts, eta),
    sample: (eta, random, actions) => {
      for (const part of parts) {
        part.distribution.sample(part.eta(eta), random, part.actions(actions));
        part.actions.store(actions);
      }
    },
    mode: (eta, actions) => {
      for (const part of parts) {
        part.distribution.mode(part.eta(eta), part.actions(actions));
        part.actions.store(actions);
      }
    },
    ...sums(parts),
    score: (eta, actions, out) => {
      for (const part of parts) {
        part.distribution.score(part.eta(eta), part.actions(actions), part.other(out));
        part.other.store(out);
      }
    },
    applyFisher: (eta, v, out) => {
      for (const part of parts) {
        const rows = part.other(v);
        part.distribution.applyFisher(part.eta(eta), rows, rows);
        part.other.store(out);
      }
    },
    ...(factored && { factor: blockFactor(parts) }),
    ...(integrated && { quadrature: (points) => combined(parts, points) }),
  };
}

function total(
  distributions: readonly Distribution[],
  size: (distribution: Distribution) => number,
): number {
  return distributions.reduce((sum, distribution) => sum + size(distribution), 0);
}

/** What is a sum over the parts. */
function sums(parts: readonly Part[]): Pick<Distribution, "logProb" | "kl" | "entropy"> {
  /** out ← Σ over the parts of what `fill` writes. */
  const sum = (out: Vector, count: number, fill: (part: Part, values: Vector) => void): void => {
    out.fill(0, 0, count);
    for (const part of parts) {
      const values = part.values(count);
      fill(part, values);
      for (let i = 0; i < count; i++) out[i] += values[i];
    }
  };
  return {
    logProb: (eta, actions, out) =>
      sum(out, eta.count, (part, values) =>
        part.distribution.logProb(part.eta(eta), part.actions(actions), values),
      ),
    kl: (p, q, out) =>
      sum(out, p.count, (part, values) => part.distribution.kl(part.eta(p), part.other(q), values)),
    entropy: (eta, out) =>
      sum(out, eta.count, (part, values) => part.distribution.entropy(part.eta(eta), values)),
  };
}

function firstInvalid(parts: readonly Part[], rows: Rows): number {
  let first = -1;
  for (const { distribution, start, eta } of parts) {
    const own = eta(rows);
    const at =
      distribution.firstInvalid?.(own) ?? own.data.findIndex((value) => !Number.isFinite(value));
    if (at < 0) continue;
    const index = Math.floor(at / own.width) * rows.width + start + (at % own.width);
    if (first < 0 || index < first) first = index;
  }
  return first;
}

/** The columns of the parts' factors, part after part, with zeros in the rows of the others. */
function blockFactor(parts: readonly Part[]): NonNullable<Distribution["factor"]> {
  const owners = parts.flatMap((part) =>
    Array.from({ length: part.distribution.factor?.columns ?? 0 }, (_, column) => ({
      part,
      column,
    })),
  );
  return {
    columns: owners.length,
    column: (eta, c, out) => {
      const { part, column } = owners[c];
      out.data.fill(0);
      part.distribution.factor?.column(part.eta(eta), column, part.other(out));
      part.other.store(out);
    },
  };
}

/** Node n₁n₂…, the digits of n in the numbers of nodes, with the product of their weights. */
function combined(parts: readonly Part[], points: number): ActionQuadrature {
  const own = parts.flatMap((part) => {
    const quadrature = part.distribution.quadrature?.(points);
    return quadrature === undefined ? [] : [{ part, quadrature }];
  });
  return {
    count: own.reduce((count, { quadrature }) => count * quadrature.count, 1),
    node: (eta, n, actions, weights) => {
      weights.fill(1, 0, eta.count);
      let left = n;
      for (const { part, quadrature } of own) {
        const values = part.values(eta.count);
        const digit = left % quadrature.count;
        quadrature.node(part.eta(eta), digit, part.actions(actions), values);
        part.actions.store(actions);
        for (let i = 0; i < eta.count; i++) weights[i] *= values[i];
        left = Math.floor(left / quadrature.count);
      }
    },
  };
}
