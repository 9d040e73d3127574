import {
  type ChangeOfParameters,
  constant,
  type Network,
  reparametrised,
} from "../../../src/index.ts";

/** q in its natural parameters, η itself. */
export const natural = (eta: readonly number[]): Network => constant(eta);

/**
 * q by its mean and the Cholesky factor of its precision, ξ = (m₀, m₁, l₀₀, l₁₀, l₁₁):
 * Λ = LLᵀ and h = Λm.
 */
export function meanAndFactor(eta: readonly number[]): Network {
  const [h0, h1, a, b, c] = eta;
  const l00 = Math.sqrt(a);
  const l10 = b / l00;
  const l11 = Math.sqrt(c - l10 * l10);
  const determinant = a * c - b * b;
  const mean = [(c * h0 - b * h1) / determinant, (a * h1 - b * h0) / determinant];
  return reparametrised(constant(eta), factorToNatural, [...mean, l00, l10, l11]);
}

const factorToNatural: ChangeOfParameters = {
  apply: ([m0, m1, l00, l10, l11], eta) => {
    const [a, b, c] = [l00 * l00, l00 * l10, l10 * l10 + l11 * l11];
    eta.set([a * m0 + b * m1, b * m0 + c * m1, a, b, c]);
  },
  jacobian: ([m0, m1, l00, l10, l11], { data }) => {
    const [a, b, c] = [l00 * l00, l00 * l10, l10 * l10 + l11 * l11];
    data.set([a, b, 2 * l00 * m0 + l10 * m1, l00 * m1, 0], 0);
    data.set([b, c, l10 * m0, l00 * m0 + 2 * l10 * m1, 2 * l11 * m1], 5);
    data.set([0, 0, 2 * l00, 0, 0, 0, 0, l10, l00, 0, 0, 0, 0, 2 * l10, 2 * l11], 10);
  },
};

/**
 * q by its mean and the Cholesky factor of its covariance, ξ = (m₀, m₁, log s₀₀, s₁₀, log s₁₁), V = SSᵀ:
 * the parameters in which q is usually learnt by gradients. Λ = V⁻¹, h = Λm.
 */
export function meanAndScale(eta: readonly number[]): Network {
  const [h0, h1, a, b, c] = eta;
  const determinant = a * c - b * b;
  const mean = [(c * h0 - b * h1) / determinant, (a * h1 - b * h0) / determinant];
  const s00 = Math.sqrt(c / determinant);
  const s10 = -b / determinant / s00;
  const s11 = Math.sqrt(1 / c);
  return reparametrised(constant(eta), scaleToNatural, [
    ...mean,
    Math.log(s00),
    s10,
    Math.log(s11),
  ]);
}

const scaleToNatural: ChangeOfParameters = {
  apply: ([m0, m1, x, s10, y], eta) => {
    const [a, b, c] = precisionOf(Math.exp(x), s10, Math.exp(y));
    eta.set([a * m0 + b * m1, b * m0 + c * m1, a, b, c]);
  },
  // dΛ = −Λ (dS Sᵀ + S dSᵀ) Λ, and dh = dΛ m + Λ dm
  jacobian: ([m0, m1, x, s10, y], { data }) => {
    const [s00, s11] = [Math.exp(x), Math.exp(y)];
    const [a, b, c] = precisionOf(s00, s10, s11);
    data.set([a, b], 0);
    data.set([b, c], 5);
    const changes = [
      [2 * s00 * s00, s00 * s10, 0],
      [0, s00, 2 * s10],
      [0, 0, 2 * s11 * s11],
    ];
    changes.forEach(([u, v, w], k) => {
      const da = -(a * (a * u + b * v) + b * (a * v + b * w));
      const db = -(b * (a * u + b * v) + c * (a * v + b * w));
      const dc = -(b * (b * u + c * v) + c * (b * v + c * w));
      [da * m0 + db * m1, db * m0 + dc * m1, da, db, dc].forEach((change, i) => {
        data[5 * i + 2 + k] = change;
      });
    });
  },
};

/** Λ = (SSᵀ)⁻¹ as (Λ₀₀, Λ₁₀, Λ₁₁). */
function precisionOf(s00: number, s10: number, s11: number): [number, number, number] {
  const determinant = (s00 * s11) ** 2;
  return [
    (s10 * s10 + s11 * s11) / determinant,
    (-s00 * s10) / determinant,
    (s00 * s00) / determinant,
  ];
}

/** Two independent Gaussians, (h₀, h₁, Λ₀₀, Λ₁₁): the mean-field family, in its natural parameters. */
export const meanField = ([h0, h1, a, , c]: readonly number[]): Network =>
  reparametrised(constant([h0, h1, a, 0, c]), withoutCorrelation, [h0, h1, a, c]);

const withoutCorrelation: ChangeOfParameters = {
  apply: ([h0, h1, a, c], eta) => eta.set([h0, h1, a, 0, c]),
  jacobian: (_, { data }) => {
    data.fill(0);
    [0, 5, 10, 19].forEach((at) => (data[at] = 1));
  },
};
