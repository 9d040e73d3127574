import { tanh } from "../math/elementary.ts";
import type { Vector } from "../math/vector.ts";

/** φ applied to every number, with its derivative written in terms of h = φ(z). */
export interface Activation {
  /** z ← φ(z). */
  apply(z: Vector): void;
  /** d ← φ′(z) ⊙ d, given h = φ(z): the chain rule, forwards and backwards. */
  chain(h: Vector, d: Vector): void;
}

/** φ(z) = tanh z, φ′ = 1 − h². */
const hyperbolicTangent: Activation = {
  apply: (z) => {
    for (let i = 0; i < z.length; i++) z[i] = tanh(z[i]);
  },
  chain: (h, d) => {
    for (let i = 0; i < d.length; i++) d[i] *= 1 - h[i] * h[i];
  },
};

/** φ(z) = max(z, 0), φ′ = 1 where h > 0 and 0 elsewhere, z = 0 included. NaN stays NaN. */
const rectifier: Activation = {
  apply: (z) => {
    for (let i = 0; i < z.length; i++) if (z[i] <= 0) z[i] = 0;
  },
  chain: (h, d) => {
    for (let i = 0; i < d.length; i++) if (h[i] === 0) d[i] = 0;
  },
};

/** The activations by name. */
export const activations = { tanh: hyperbolicTangent, relu: rectifier } as const;

export type ActivationName = keyof typeof activations;
