import type { Surrogate } from "../gradient/surrogate.ts";
import { cosine, type Vector } from "../math/vector.ts";
import type { Batch } from "../rollout/batch.ts";

/** How much the gradients of the two halves of a batch agree. */
export interface Halves {
  /**
   * cos∠(∇L over one half, ∇L over the other), L the surrogate, which is at the batch; `g` is its
   * gradient over all of it, where that is known already. Weights and advantages end as they were.
   */
  cosine(batch: Batch, surrogate: Surrogate, g?: Vector): number;
}

/**
 * Of P parameters, in buffers of their own. Each half is computed as the whole batch with weights of 0
 * for the other half, so that threads and kernels take part as in g, and with g known it costs one
 * more Jᵀu.
 *
 * Halves that share no episode have independent errors, where the baseline is of earlier batches:
 * then E[⟨g₁, g₂⟩] has no noise in it. Advantages standardised over the batch tie them slightly.
 *
 * Source: split-half reliability, Spearman 1910 and Brown 1910, British Journal of Psychology 3.
 */
export function createHalves(parameters: number): Halves {
  const first = new Float64Array(parameters);
  const second = new Float64Array(parameters);
  let kept = new Float64Array(0);
  let inFirst = new Uint8Array(0);

  const gradientOf = (half: number, surrogate: Surrogate, g: Vector): void => {
    for (let i = 0; i < kept.length; i++) {
      surrogate.weights[i] = inFirst[i] === half ? kept[i] : 0;
    }
    surrogate.gradient(g);
  };

  return {
    cosine: (batch, surrogate, g) => {
      const { weights } = surrogate;
      if (kept.length !== weights.length) {
        kept = new Float64Array(weights.length);
        inFirst = new Uint8Array(weights.length);
      }
      kept.set(weights);
      markFirstHalf(batch, inFirst);
      gradientOf(1, surrogate, first);
      if (g === undefined) gradientOf(0, surrogate, second);
      else for (let j = 0; j < parameters; j++) second[j] = g[j] - first[j];
      weights.set(kept);
      return cosine(first, second);
    },
  };
}

/**
 * mark ← 1 for the steps of the first half of a batch, else 0: whole episodes, each to the half that has
 * fewer steps so far; of a single episode, the earlier steps.
 */
export function markFirstHalf({ episodes }: Batch, mark: Uint8Array): void {
  if (episodes.length < 2) {
    mark.fill(1, 0, Math.ceil(mark.length / 2));
    mark.fill(0, Math.ceil(mark.length / 2));
    return;
  }
  let lead = 0; // steps of the first half less those of the second
  for (const { start, end } of episodes) {
    const isFirst = lead <= 0;
    mark.fill(isFirst ? 1 : 0, start, end);
    lead += isFirst ? end - start : start - end;
  }
}

/** What a split-half cosine says of the gradient of the whole batch. */
export interface GradientQuality {
  /** ‖∇L‖² / E‖g − ∇L‖². */
  readonly signalToNoise: number;
  /** cos∠(g, ∇L). */
  readonly cosine: number;
}

/**
 * With c = ‖ḡ‖² / (‖ḡ‖² + 2v), ḡ the expected gradient and v the variance E‖g − ḡ‖² of that of the whole
 * batch, twice as large over halves: ‖ḡ‖²/v = 2c/(1 − c) and cos∠(g, ḡ) = √(2c/(1 + c)). The batch whose
 * signal equals its noise is N v/‖ḡ‖², the gradient noise scale. NaN for c < 0, all noise.
 *
 * c is an expectation: take the mean over some updates, since one cosine is itself noisy.
 *
 * Source: Brown 1910 for the doubled length; McCandlish et al. 2018, arXiv 1812.06162, section 2.2.
 */
export function gradientQuality(halvesCosine: number): GradientQuality {
  const c = halvesCosine < 0 ? NaN : halvesCosine;
  return { signalToNoise: (2 * c) / (1 - c), cosine: Math.sqrt((2 * c) / (1 + c)) };
}
