/**
 * (Σρ)² / (N Σρ²) from the sums over N steps of the ratios ρ = π′(a | o) / π(a | o): how many of the
 * steps the batch is still worth as a sample of π′, as a share. It treats steps as independent.
 *
 * Source: Kish 1965, Survey Sampling; for importance weights Kong 1992; Owen 2013, Monte Carlo theory,
 * methods and examples, section 9.3.
 */
export function effectiveShare(sum: number, squares: number, count: number): number {
  return (sum * sum) / (count * squares);
}
