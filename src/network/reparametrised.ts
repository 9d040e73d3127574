import { createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import type { Linearisation, Network, Origin } from "./network.ts";

/** A smooth change of parameters θ = φ(ξ), with its Jacobian as a dense matrix. */
export interface ChangeOfParameters {
  /** θ ← φ(ξ). */
  apply(xi: Vector, theta: Vector): void;
  /** Row i of `out` ← ∂θᵢ/∂ξ. */
  jacobian(xi: Vector, out: Rows): void;
}

/**
 * f(x; φ(ξ)): the functions of a network in other parameters, for networks of few parameters.
 *
 * With Φ = ∂φ/∂ξ, J_ξ = J_θ Φ, hence F_ξ = ΦᵀF_θΦ: the Fisher matrix is a metric, and to first order a
 * natural-gradient step does not depend on the parameters it is taken in. `initial` gives ξ at the start.
 *
 * Source: Amari 1998, Neural Computation 10:251-276, section 2.
 */
export function reparametrised(
  network: Network,
  change: ChangeOfParameters,
  initial: readonly number[],
): Network {
  const changed: Network = {
    inputSize: network.inputSize,
    outputSize: network.outputSize,
    parameterCount: initial.length,
    initialise: (xi) => xi.set(initial),
    linearisation: (rows) => linearisation(changed, network, change, network.linearisation(rows)),
  };
  return changed;
}

function linearisation(
  changed: Network,
  network: Network,
  change: ChangeOfParameters,
  inner: Linearisation,
): Linearisation {
  const theta = new Float64Array(network.parameterCount);
  const along = new Float64Array(network.parameterCount);
  const phi = createRows(network.parameterCount, changed.parameterCount);
  let origin: Origin = {
    network: changed,
    theta: new Float64Array(0),
    inputs: createRows(0, 0),
  };
  return {
    parameterCount: changed.parameterCount,
    outputs: inner.outputs,
    get origin() {
      return origin;
    },
    at: (xi, inputs) => {
      origin = { network: changed, theta: xi, inputs };
      change.apply(xi, theta);
      change.jacobian(xi, phi);
      inner.at(theta, inputs);
    },
    jvp: (v, out) => {
      multiply(phi, v, along);
      inner.jvp(along, out);
    },
    vjp: (u, out) => {
      inner.vjp(u, along);
      multiplyTransposed(phi, along, out);
    },
  };
}

/** out ← Φ v. */
function multiply({ count, width, data }: Rows, v: Vector, out: Vector): void {
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += data[i * width + j] * v[j];
    out[i] = sum;
  }
}

/** out ← Φᵀ u. */
function multiplyTransposed({ count, width, data }: Rows, u: Vector, out: Vector): void {
  out.fill(0, 0, width);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < width; j++) out[j] += data[i * width + j] * u[i];
  }
}
