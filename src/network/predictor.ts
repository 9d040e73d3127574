import type { Network, Predictor } from "./network.ts";

/** The predictor of a network: its own, or one by its linearisation. */
export function predictorOf(network: Network, rows: number): Predictor {
  const own = network.predictor?.(rows);
  if (own !== undefined) return own;
  const point = network.linearisation(rows);
  const theta = new Float64Array(network.parameterCount);
  return {
    outputs: point.outputs,
    at: (values) => {
      for (let i = 0; i < theta.length; i++) theta[i] = values[i];
    },
    predict: (inputs) => point.at(theta, inputs),
  };
}
