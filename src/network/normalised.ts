import { createRows, type Rows } from "../math/rows.ts";
import { clamp } from "../math/scalar.ts";
import type { Vector } from "../math/vector.ts";
import type { Linearisation, Network, Origin, Predictor } from "./network.ts";
import { predictorOf } from "./predictor.ts";

/** The linearisation of a network of normalised inputs, which still shows that of the network. */
export interface NormalisedLinearisation extends Linearisation {
  readonly body: Linearisation;
}

/**
 * f(z; θ) with zₖ = clip((xₖ − mₖ) sₖ, ±`clip`): a network that sees normalised inputs.
 *
 * `statistics` holds m, then s. They are no parameters: `at` reads what they are then, and J, layers
 * and products are those of the network at z. Who moves them makes another function of the same θ.
 */
export function normalised(network: Network, statistics: Vector, clip: number): Network {
  const own: Network = {
    inputSize: network.inputSize,
    outputSize: network.outputSize,
    parameterCount: network.parameterCount,
    initialise: (theta, random) => network.initialise(theta, random),
    linearisation: (rows) => linearisation(own, network.linearisation(rows), statistics, clip),
    predictor: (rows) => predictor(network, rows, statistics, clip),
  };
  return own;
}

function linearisation(
  network: Network,
  body: Linearisation,
  statistics: Vector,
  clip: number,
): NormalisedLinearisation {
  const z = createRows(body.outputs.count, network.inputSize);
  const layers = body.layers?.bind(body);
  let origin: Origin = { network, theta: new Float64Array(0), inputs: createRows(0, 0) };
  return {
    body,
    parameterCount: network.parameterCount,
    outputs: body.outputs,
    get origin() {
      return origin;
    },
    at: (theta, inputs) => {
      origin = { network, theta, inputs };
      normalise(inputs, statistics, clip, z);
      body.at(theta, z);
    },
    jvp: (v, out) => body.jvp(v, out),
    vjp: (u, out) => body.vjp(u, out),
    ...(layers && { layers }),
  };
}

function predictor(network: Network, rows: number, statistics: Vector, clip: number): Predictor {
  const inner = predictorOf(network, rows);
  const z = createRows(rows, network.inputSize);
  const own = statistics.slice();
  return {
    outputs: inner.outputs,
    at: (theta) => {
      own.set(statistics);
      inner.at(theta);
    },
    predict: (inputs) => {
      normalise(inputs, own, clip, z);
      inner.predict(z);
    },
  };
}

/** z ← clip((x − m) ⊙ s, ±clip). */
function normalise({ data: x }: Rows, statistics: Vector, clip: number, z: Rows): void {
  const { count, width, data } = z;
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < width; k++) {
      const at = i * width + k;
      data[at] = clamp((x[at] - statistics[k]) * statistics[width + k], -clip, clip);
    }
  }
}
