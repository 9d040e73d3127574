import { identityOperator, type InvertibleOperator } from "../linear/operator.ts";
import type { FisherModel } from "./fisher.ts";

/** F = I, the Euclidean metric: the natural gradient in it is the vanilla gradient. */
export function identityFisher(): FisherModel<InvertibleOperator> {
  return { at: (point) => identityOperator(point.parameterCount) };
}
