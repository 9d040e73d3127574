import { power } from "../math/elementary.ts";
import { type Resumable, savedNumber, savedVector } from "../math/resumable.ts";
import type { Vector } from "../math/vector.ts";

export interface AdamOptions {
  /** Length of θ. */
  readonly size: number;
  readonly learningRate: number;
  /** Decay of the mean of the gradients, β₁. */
  readonly meanDecay?: number;
  /** Decay of the mean of their squares, β₂. */
  readonly squareDecay?: number;
  /** ε, added to the root of the mean square. */
  readonly epsilon?: number;
}

/** Moves θ against a gradient and remembers what gradients were like. */
export interface Adam {
  /** θ ← θ − Adam's step for the gradient g. */
  descend(g: Vector, theta: Vector): void;
  /** m, s and t. */
  readonly state: Resumable;
}

/**
 * m ← β₁m + (1 − β₁)g, s ← β₂s + (1 − β₂)g², θ ← θ − α m̂ / (√ŝ + ε) with m̂ = m/(1 − β₁ᵗ) and
 * ŝ = s/(1 − β₂ᵗ).
 *
 * Source: Kingma & Ba 2015, arXiv 1412.6980, algorithm 1.
 *
 * @throws RangeError for a learning rate that is not positive.
 */
export function createAdam({
  size,
  learningRate,
  meanDecay = 0.9,
  squareDecay = 0.999,
  epsilon = 1e-8,
}: AdamOptions): Adam {
  if (!(learningRate > 0 && learningRate < Infinity)) {
    throw new RangeError(`adam: learningRate must be a positive number, got ${learningRate}`);
  }
  const m = new Float64Array(size);
  const s = new Float64Array(size);
  let t = 0;
  return {
    descend: (g, theta) => {
      t++;
      const meanScale = 1 / (1 - power(meanDecay, t));
      const squareScale = 1 / (1 - power(squareDecay, t));
      for (let i = 0; i < size; i++) {
        m[i] = meanDecay * m[i] + (1 - meanDecay) * g[i];
        s[i] = squareDecay * s[i] + (1 - squareDecay) * g[i] * g[i];
        theta[i] -= (learningRate * m[i] * meanScale) / (Math.sqrt(s[i] * squareScale) + epsilon);
      }
    },
    state: {
      save: () => ({ m: m.slice(), s: s.slice(), t }),
      restore: (saved) => {
        m.set(savedVector(saved, "m", size));
        s.set(savedVector(saved, "s", size));
        t = savedNumber(saved, "t");
      },
    },
  };
}
