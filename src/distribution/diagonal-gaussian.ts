import type { Distribution } from "./distribution.ts";

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);

/**
 * a ~ N(μ, diag σ²) with η = (μ, log σ), for actions of `size` numbers.
 *
 * With z = (a − μ)/σ, per component:
 * log π = −z²/2 − log σ − ½ log 2π, score = (z/σ, z² − 1), M = diag(1/σ², 2),
 * KL(p ‖ q) = log(σ_q/σ_p) + (σ_p² + (μ_p − μ_q)²)/(2σ_q²) − ½, entropy = log σ + ½ log 2πe.
 */
export function diagonalGaussian(size: number): Distribution {
  const width = 2 * size;
  return {
    parameterSize: width,
    actionSize: size,
    sample: (eta, random, actions) => {
      for (let i = 0; i < eta.count; i++) {
        for (let k = 0; k < size; k++) {
          const sigma = Math.exp(eta.data[i * width + size + k]);
          actions.data[i * size + k] = eta.data[i * width + k] + sigma * random.normal();
        }
      }
    },
    mode: (eta, actions) => {
      for (let i = 0; i < eta.count; i++) {
        for (let k = 0; k < size; k++) actions.data[i * size + k] = eta.data[i * width + k];
      }
    },
    logProb: (eta, actions, out) => {
      for (let i = 0; i < eta.count; i++) {
        let sum = 0;
        for (let k = 0; k < size; k++) {
          const logSigma = eta.data[i * width + size + k];
          const z = (actions.data[i * size + k] - eta.data[i * width + k]) * Math.exp(-logSigma);
          sum -= 0.5 * z * z + logSigma + HALF_LOG_2PI;
        }
        out[i] = sum;
      }
    },
    score: (eta, actions, out) => {
      for (let i = 0; i < eta.count; i++) {
        for (let k = 0; k < size; k++) {
          const inverse = Math.exp(-eta.data[i * width + size + k]);
          const z = (actions.data[i * size + k] - eta.data[i * width + k]) * inverse;
          out.data[i * width + k] = z * inverse;
          out.data[i * width + size + k] = z * z - 1;
        }
      }
    },
    applyFisher: (eta, v, out) => {
      for (let i = 0; i < eta.count; i++) {
        for (let k = 0; k < size; k++) {
          const mean = i * width + k;
          const inverse = Math.exp(-eta.data[mean + size]);
          out.data[mean] = v.data[mean] * inverse * inverse;
          out.data[mean + size] = 2 * v.data[mean + size];
        }
      }
    },
    kl: (p, q, out) => {
      for (let i = 0; i < p.count; i++) {
        let sum = 0;
        for (let k = 0; k < size; k++) {
          const mean = i * width + k;
          const d = q.data[mean + size] - p.data[mean + size];
          const z = (p.data[mean] - q.data[mean]) * Math.exp(-q.data[mean + size]);
          // log(σ_q/σ_p) + σ_p²/(2σ_q²) − ½ = d + ½ expm1(−2d), exact for small d
          sum += d + 0.5 * Math.expm1(-2 * d) + 0.5 * z * z;
        }
        out[i] = sum;
      }
    },
    entropy: (eta, out) => {
      for (let i = 0; i < eta.count; i++) {
        let sum = 0;
        for (let k = 0; k < size; k++) sum += eta.data[i * width + size + k] + HALF_LOG_2PI + 0.5;
        out[i] = sum;
      }
    },
  };
}
