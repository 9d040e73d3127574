/** (x̄ − μ) / (s / √n): how many standard errors the mean of the samples is from what it should be. */
export function zScore(samples: ArrayLike<number>, expected: number): number {
  const n = samples.length;
  const values = Array.from(samples);
  const centre = values.reduce((sum, x) => sum + x, 0) / n;
  const variance = values.reduce((sum, x) => sum + (x - centre) ** 2, 0) / (n - 1);
  return (centre - expected) / Math.sqrt(variance / n);
}

/** The largest |z| over the columns of equally long samples. */
export function worstZ(samples: readonly ArrayLike<number>[], expected: ArrayLike<number>): number {
  return Math.max(
    ...Array.from(expected, (value, j) =>
      Math.abs(
        zScore(
          samples.map((sample) => sample[j]),
          value,
        ),
      ),
    ),
  );
}

/** √ of the mean over samples of ‖x − μ‖². */
export function rootMeanSquareError(
  samples: readonly ArrayLike<number>[],
  expected: ArrayLike<number>,
): number {
  let sum = 0;
  for (const sample of samples) {
    for (let j = 0; j < expected.length; j++) sum += (sample[j] - expected[j]) ** 2;
  }
  return Math.sqrt(sum / samples.length);
}

/** Φ(x) = ½ + φ(x) Σ x²ᵏ⁺¹ / (2k + 1)!!, all of whose terms have the same sign. */
export function normalCdf(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 1; Math.abs(term) > 1e-18 * Math.abs(sum); k++) {
    term *= (x * x) / (2 * k + 1);
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
}
