import { createRandom } from "../math/random.ts";
import { predictorOf } from "../network/predictor.ts";
import { back, type NetworkSubject, ROWS } from "./network-subject.ts";
import { type Checklist, counted, relativeError, sameBits } from "./verify.ts";

/** Layers and origin, where the linearisation has them. */
export function verifyLayers(
  list: Checklist,
  { theta, inputs, point, u, exact }: NetworkSubject,
): void {
  if (point.layers !== undefined) {
    const remedy = "list all layers in the order of θ, with z̄ᵢ = (∂fᵢ/∂zᵢ)ᵀuᵢ";
    list.hold("the layers tile θ, and their inputs and cotangents give Jᵀu", remedy, () => {
      const sum = new Float64Array(point.parameterCount);
      let offset = 0;
      for (const { layer, inputs: x, cotangents: z } of point.layers?.(u) ?? []) {
        if (layer.offset !== offset)
          return counted([`a layer starts at ${layer.offset}, not ${offset}`]);
        const { inputs: n, outputs: m } = layer;
        for (let at = 0; at < ROWS * m; at++) {
          const [i, k] = [Math.floor(at / m), at % m];
          for (let j = 0; j < n; j++) sum[offset + k * n + j] += z.data[at] * x.data[i * n + j];
          if (layer.bias) sum[offset + m * n + k] += z.data[at];
        }
        offset += m * (n + (layer.bias ? 1 : 0));
      }
      if (offset !== theta.length) return counted([`${offset} of ${theta.length} parameters`]);
      return { measured: relativeError(sum, back(point, u)), tolerance: exact };
    });
  }
  const { origin } = point;
  if (origin === undefined) return;
  list.hold("the origin linearises the same map again", "origin is what at was given", () => {
    const again = origin.network.linearisation(ROWS);
    again.at(origin.theta, origin.inputs);
    const same = sameBits(again.outputs.data, point.outputs.data) && origin.inputs === inputs;
    return counted(same ? [] : ["its outputs differ"]);
  });
}

/** The predictor and the start against what they repeat. */
export function verifyRepeats(
  list: Checklist,
  { network, theta, inputs, point }: NetworkSubject,
): void {
  const faster = "predictor computes what at does, in the same order, from a θ that it took in";
  list.hold("its predictor gives the outputs of its linearisation bit for bit", faster, () => {
    const predictor = predictorOf(network, ROWS);
    const moved = theta.slice();
    predictor.at(moved);
    moved.fill(NaN);
    predictor.predict(inputs);
    return counted(sameBits(predictor.outputs.data, point.outputs.data) ? [] : ["outputs differ"]);
  });
  list.hold(
    "the same seed gives the same parameters",
    "draw from the random argument alone",
    () => {
      const [a, b] = [new Float64Array(theta.length), new Float64Array(theta.length).fill(7)];
      for (const out of [a, b]) network.initialise(out, createRandom(3));
      return counted(sameBits(a, b) ? [] : ["two starts from one seed differ"]);
    },
  );
}
