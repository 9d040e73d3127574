import type { Random } from "../math/random.ts";
import type { Rows } from "../math/rows.ts";
import { requireCount } from "../math/scalar.ts";
import type { Vector } from "../math/vector.ts";
import type { Distribution } from "./distribution.ts";
import { createGaussianDivergence } from "./gaussian-divergence.ts";
import { createGaussianMoments, type GaussianMoments, triangle } from "./gaussian-moments.ts";

const LOG_2PI = Math.log(2 * Math.PI);

/**
 * a ~ N(Λ⁻¹h, Λ⁻¹) of `size` numbers, with a precision matrix of any kind, in its natural parameters
 * η = (h, Λ), of Λ the lower triangle row after row.
 *
 * log π = ηᵀT(a) − A(η) with the statistics T = (aᵢ; −½aᵢ² and, for i > j, −aᵢaⱼ), so that
 * score = T − E[T] and M = Cov[T] = ∇²A. With μ = Λ⁻¹h, V = Λ⁻¹, a direction (u, S) and c = V(u − Sμ):
 * Cov[a, ηᵀT] = c and Cov[aaᵀ, ηᵀT] = μcᵀ + cμᵀ − VSV. Entropy = ½(size · log 2πe − log |Λ|).
 *
 * In these parameters a natural-gradient step of size 1 up E[log p(a)] + entropy lands on p where p is
 * Gaussian. Where Λ is not positive definite there is no distribution, and all numbers are NaN.
 *
 * Source: Wainwright & Jordan 2008, section 3; Khan & Lin 2017, arXiv 1703.04265.
 *
 * @throws RangeError for a size that is not a positive integer.
 */
export function naturalGaussian(size: number): Distribution {
  requireCount("naturalGaussian", "size", size);
  const parameterSize = size + triangle(size, 0);
  const moments = createGaussianMoments(size);
  const divergence = createGaussianDivergence(size);
  const fisherProduct = createFisherProduct(size);
  /** Moves to row after row. */
  const eachRow = ({ count, data }: Rows, use: (i: number) => void): void => {
    for (let i = 0; i < count; i++) {
      moments.at(data, i * parameterSize);
      use(i);
    }
  };
  const noise = new Float64Array(size);
  return {
    parameterSize,
    actionSize: size,
    sample: (eta, random, actions) => {
      eachRow(eta, (i) => {
        draw(moments, random, noise);
        actions.data.set(noise, i * size);
      });
    },
    mode: (eta, actions) => eachRow(eta, (i) => actions.data.set(moments.mean, i * size)),
    logProb: (eta, actions, out) => {
      eachRow(eta, (i) => (out[i] = logDensity(moments, actions.data, i * size)));
    },
    score: (eta, actions, out) => {
      eachRow(eta, (i) => {
        const row = { out: out.data, to: i * parameterSize };
        centredStatistics(moments, actions.data, i * size, row);
      });
    },
    applyFisher: (eta, v, out) => {
      eachRow(eta, (i) => fisherProduct(moments, v.data, out.data, i * parameterSize));
    },
    kl: (p, q, out) => {
      for (let i = 0; i < p.count; i++) out[i] = divergence(p.data, q.data, i * parameterSize);
    },
    entropy: (eta, out) => {
      eachRow(eta, (i) => (out[i] = 0.5 * (size * (1 + LOG_2PI) - moments.logDeterminant())));
    },
  };
}

/** a ← μ + L⁻ᵀz with z ~ N(0, I). */
function draw(moments: GaussianMoments, random: Random, a: Vector): void {
  for (let k = 0; k < a.length; k++) a[k] = random.normal();
  moments.solveUpper(a);
  for (let k = 0; k < a.length; k++) a[k] += moments.mean[k];
}

/** ½ log |Λ| − ½‖Lᵀ(a − μ)‖² − ½ size · log 2π, of the a that starts at `from`. */
function logDensity(moments: GaussianMoments, a: Vector, from: number): number {
  const { mean, lower } = moments;
  let sum = moments.logDeterminant() - mean.length * LOG_2PI;
  for (let j = 0; j < mean.length; j++) {
    let along = 0;
    for (let i = j; i < mean.length; i++) along += lower[triangle(i, j)] * (a[from + i] - mean[i]);
    sum -= along * along;
  }
  return 0.5 * sum;
}

/** out from `to` on ← T(a) − E[T], of the a that starts at `from`. */
function centredStatistics(
  { mean, covariance }: GaussianMoments,
  a: Vector,
  from: number,
  { out, to }: { readonly out: Vector; readonly to: number },
): void {
  const size = mean.length;
  for (let i = 0; i < size; i++) {
    const d = a[from + i] - mean[i];
    out[to + i] = d;
    for (let j = 0; j <= i; j++) {
      // aᵢaⱼ − μᵢμⱼ by the distances from the mean, which loses no digits far from the origin
      const e = a[from + j] - mean[j];
      const square = d * e + d * mean[j] + mean[i] * e - covariance[i * size + j];
      out[to + size + triangle(i, j)] = i === j ? -0.5 * square : -square;
    }
  }
}

/** Products with M, in buffers made once; `out` may be `v`. */
function createFisherProduct(
  size: number,
): (moments: GaussianMoments, v: Vector, out: Vector, start: number) => void {
  const s = new Float64Array(size * size);
  const vs = new Float64Array(size * size);
  const c = new Float64Array(size);
  const u = new Float64Array(size);
  return ({ mean, covariance }, v, out, start) => {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) {
        s[i * size + j] = s[j * size + i] = v[start + size + triangle(i, j)];
      }
    }
    for (let i = 0; i < size; i++) {
      u[i] = v[start + i];
      for (let k = 0; k < size; k++) u[i] -= s[i * size + k] * mean[k];
    }
    multiply(covariance, s, vs);
    multiply(vs, covariance, s);
    for (let i = 0; i < size; i++) {
      c[i] = 0;
      for (let k = 0; k < size; k++) c[i] += covariance[i * size + k] * u[k];
    }
    for (let i = 0; i < size; i++) {
      out[start + i] = c[i];
      for (let j = 0; j <= i; j++) {
        const both = mean[i] * c[j] + c[i] * mean[j] - s[i * size + j];
        out[start + size + triangle(i, j)] = i === j ? -0.5 * both : -both;
      }
    }
  };
}

/** out ← A B of square matrices, row-major. */
function multiply(a: Vector, b: Vector, out: Vector): void {
  const size = Math.sqrt(out.length);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += a[i * size + k] * b[k * size + j];
      out[i * size + j] = sum;
    }
  }
}
