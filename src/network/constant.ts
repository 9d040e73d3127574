import { createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import { affine, type DenseLayer, outerSum } from "./dense.ts";
import type { Linearisation, Network } from "./network.ts";

/**
 * f(θ) = θ in every row: a function without inputs, whose J is the identity in each row.
 *
 * Behind it a distribution is unconditional, π(a; θ), and J drops out: F = M, g = Σᵢ ρᵢ Âᵢ score.
 * `initial` gives θ at the start.
 *
 * @throws RangeError for no numbers.
 */
export function constant(initial: readonly number[]): Network {
  const outputs = initial.length;
  if (outputs === 0) throw new RangeError("constant: initial must hold a number or more, got none");
  const layer: DenseLayer = { offset: 0, inputs: 0, outputs, bias: true };
  const network: Network = {
    inputSize: 0,
    outputSize: outputs,
    parameterCount: outputs,
    initialise: (theta) => theta.set(initial),
    linearisation: (rows) => linearisation(network, layer, createRows(rows, outputs)),
  };
  return network;
}

/** That of a dense layer z = b. */
function linearisation(network: Network, layer: DenseLayer, outputs: Rows): Linearisation {
  let b: Vector = new Float64Array(0);
  let none: Rows = createRows(0, 0);
  return {
    parameterCount: network.parameterCount,
    outputs,
    at: (theta, inputs) => {
      b = theta;
      none = inputs;
      affine(layer, theta, none, outputs);
    },
    jvp: (v, out) => affine(layer, v, none, out),
    vjp: (u, out) => outerSum(layer, u, none, out),
    layers: (u) => [{ layer, inputs: none, cotangents: u }],
    get origin() {
      return { network, theta: b, inputs: none };
    },
  };
}
