import type { ActivationName } from "../../src/network/activation.ts";
import { mlp } from "../../src/network/mlp.ts";
import type { Network } from "../../src/network/network.ts";

/** The float64 perceptron of these widths, from the input to the output. */
export function mlpOfWidths(widths: readonly number[], activation: ActivationName): Network {
  const [inputSize] = widths;
  const outputSize = widths[widths.length - 1];
  return mlp({ inputSize, hidden: widths.slice(1, -1), outputSize, activation });
}
