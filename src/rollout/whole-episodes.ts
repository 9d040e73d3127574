import type { Batch, Episode } from "./batch.ts";

/**
 * Refuses a batch with an episode that began before it, that its end cut off, or with too few.
 *
 * @throws RangeError
 */
export function requireWholeEpisodes(
  owner: string,
  { episodes, finished }: Pick<Batch, "episodes" | "finished">,
  least = 1,
): void {
  const remedy =
    "collect with createEpisodeCollector, or whole horizons where no episode ends early";
  const earlier = episodes.find(({ elapsed }) => elapsed > 0);
  if (earlier !== undefined) {
    throw new RangeError(
      `${owner}: episodes must begin in the batch, got one that had taken ${earlier.elapsed} steps; ${remedy}`,
    );
  }
  if (finished.length !== episodes.length) {
    const cut = episodes.length - finished.length;
    throw new RangeError(
      `${owner}: episodes must end in the batch, got ${cut} of ${episodes.length} cut off by its end; ${remedy}`,
    );
  }
  if (episodes.length < least) {
    throw new RangeError(
      `${owner}: batches must hold at least ${least} episodes, got ${episodes.length}; collect more of them`,
    );
  }
}

/** Σₜ γᵗ rₜ of a whole episode. */
export function discountedReturn(
  { rewards }: Pick<Batch, "rewards">,
  { start, end }: Episode,
  discount: number,
): number {
  let sum = 0;
  for (let t = end - 1; t >= start; t--) sum = rewards[t] + discount * sum;
  return sum;
}

/**
 * D, the mean over whole episodes of Σₜ γᵗ: what the return J is divided by to be an average a step.
 * It tends to 1 / (1 − γ) as episodes grow.
 */
export function discountedLength({ episodes }: Pick<Batch, "episodes">, discount: number): number {
  let total = 0;
  for (const { start, end } of episodes) {
    let sum = 0;
    for (let t = start; t < end; t++) sum = 1 + discount * sum;
    total += sum;
  }
  return total / episodes.length;
}
