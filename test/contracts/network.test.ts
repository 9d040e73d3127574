import { describe, expect, test } from "vitest";
import {
  constant,
  constantHead,
  createRandom,
  createRows,
  dot,
  linear,
  mlp,
  type Network,
  normalised,
  reparametrised,
  sharedScores,
} from "../../src/index.ts";
import { predictorOf } from "../../src/network/predictor.ts";
import { typedArraysMade } from "../support/allocations.ts";
import { randomRows, randomVector, relativeError } from "../support/numbers.ts";

/** m and s of three inputs. */
const statistics = Float64Array.of(0.5, -1, 0, 2, 0.3, 1);

/**
 * One row per implementation; `exact` is the relative error of products, `smooth` of differences, and
 * every input at an index of `zeros` is 0.
 */
const implementations: {
  name: string;
  network: Network;
  exact?: number;
  smooth?: number;
  zeros?: (index: number) => boolean;
}[] = [
  { name: "linear", network: linear(3, 2) },
  { name: "linear without bias", network: linear(5, 6, { bias: false }) },
  { name: "constant", network: constant([0.4, -1, 2]) },
  {
    name: "linear in polar coordinates",
    // W = (r cos φ, r sin φ)
    network: reparametrised(
      linear(2, 1, { bias: false }),
      {
        apply: ([r, phi], theta) => theta.set([r * Math.cos(phi), r * Math.sin(phi)]),
        jacobian: ([r, phi], { data }) => {
          data.set([Math.cos(phi), -r * Math.sin(phi), Math.sin(phi), r * Math.cos(phi)]);
        },
      },
      [1, 0.5],
    ),
  },
  { name: "linear of normalised inputs", network: normalised(linear(3, 2), statistics, 1) },
  {
    name: "constant head on mlp of normalised inputs",
    network: constantHead(
      normalised(mlp({ inputSize: 3, hidden: [5], outputSize: 2 }), statistics, 10),
      [0.2],
    ),
  },
  { name: "constant head on linear", network: constantHead(linear(3, 2), [0.3, -0.2]) },
  { name: "mlp without hidden layers", network: mlp({ inputSize: 4, hidden: [], outputSize: 3 }) },
  { name: "mlp, tanh", network: mlp({ inputSize: 3, hidden: [9, 6], outputSize: 2 }) },
  {
    name: "mlp, relu, three hidden layers",
    network: mlp({ inputSize: 5, hidden: [7, 4, 6], outputSize: 5, activation: "relu" }),
  },
  {
    name: "constant head on mlp",
    network: constantHead(mlp({ inputSize: 2, hidden: [5], outputSize: 1 }), [-0.5]),
  },
  { name: "shared linear scores", network: sharedScores(4, linear(3, 1, { bias: false })) },
  {
    name: "shared scores of a perceptron, some choices impossible",
    network: sharedScores(3, mlp({ inputSize: 4, hidden: [5], outputSize: 1 })),
    zeros: (index) => index % 4 === 3 && index % 5 < 2,
  },
];

describe.each(implementations)("$name", ({ network, exact = 1e-12, smooth = 1e-7, zeros }) => {
  const ROWS = 7;
  const { inputSize, outputSize, parameterCount } = network;
  const random = createRandom("network");
  const theta = new Float64Array(parameterCount);
  network.initialise(theta, random.split("theta"));
  // Away from the start as well: biases there are zero.
  for (let i = 0; i < parameterCount; i++) theta[i] += 0.3 * random.normal();
  const inputs = randomRows(ROWS, inputSize, "inputs");
  inputs.data.forEach((_, i) => {
    if (zeros?.(i)) inputs.data[i] = 0;
  });
  const u = randomRows(ROWS, outputSize, "u");
  const v = randomVector(parameterCount, random);
  const point = network.linearisation(ROWS);
  point.at(theta, inputs);

  const jvp = (direction: Float64Array) => {
    const out = createRows(ROWS, outputSize);
    point.jvp(direction, out);
    return out.data;
  };
  const vjp = (cotangent = u) => {
    const out = new Float64Array(parameterCount);
    point.vjp(cotangent, out);
    return out;
  };
  const outputsAt = (parameters: Float64Array) => {
    const moved = network.linearisation(ROWS);
    moved.at(parameters, inputs);
    return moved.outputs.data;
  };

  test("a linearisation has the sizes of its network", () => {
    expect(point.parameterCount).toBe(parameterCount);
    expect(point.outputs).toMatchObject({ count: ROWS, width: outputSize });
    expect(point.outputs.data).toHaveLength(ROWS * outputSize);
  });

  test("its predictor gives the outputs of its linearisation bit for bit, after θ has changed too", () => {
    const predictor = predictorOf(network, ROWS);
    const moved = theta.slice();
    predictor.at(moved);
    moved.fill(NaN);
    predictor.predict(inputs);
    expect(predictor.outputs.data).toEqual(point.outputs.data);
  });

  test("J and Jᵀ are adjoint: ⟨u, Jv⟩ = ⟨Jᵀu, v⟩", () => {
    const left = dot(u.data, jvp(v));
    expect(Math.abs(left - dot(vjp(), v))).toBeLessThan(exact * Math.abs(left));
  });

  test("Jv is the derivative of f along v", () => {
    const h = 1e-5;
    const ahead = outputsAt(theta.map((x, i) => x + h * v[i]));
    const behind = outputsAt(theta.map((x, i) => x - h * v[i]));
    // An output that is −∞ at both ends does not move.
    const difference = ahead.map((x, i) => (x === behind[i] ? 0 : (x - behind[i]) / (2 * h)));
    expect(relativeError(jvp(v), difference)).toBeLessThan(smooth);
  });

  test("J and Jᵀ are linear", () => {
    const w = randomVector(parameterCount, random);
    const along = jvp(v.map((x, i) => 2 * x - 3 * w[i]));
    const [alongV, alongW] = [jvp(v), jvp(w)];
    const sum = alongV.map((x, i) => 2 * x - 3 * alongW[i]);
    expect(relativeError(along, sum)).toBeLessThan(exact);

    const z = randomRows(ROWS, outputSize, "z");
    const mixed = { ...u, data: u.data.map((x, i) => 2 * x - 3 * z.data[i]) };
    const [ofU, ofZ] = [vjp(u), vjp(z)];
    const expected = ofU.map((x, i) => 2 * x - 3 * ofZ[i]);
    expect(relativeError(vjp(mixed), expected)).toBeLessThan(exact);
  });

  test("only the leading parameters of a longer vector are read and written", () => {
    const longer = (values: Float64Array, tail: number) => Float64Array.of(...values, tail, tail);
    const wide = network.linearisation(ROWS);
    wide.at(longer(theta, NaN), inputs);
    expect(wide.outputs.data).toEqual(point.outputs.data);
    const along = createRows(ROWS, outputSize);
    wide.jvp(longer(v, NaN), along);
    expect(along.data).toEqual(jvp(v));
    const back = longer(v, 42);
    wide.vjp(u, back);
    expect(back).toEqual(longer(vjp(), 42));
    const started = longer(v, 42);
    network.initialise(started, createRandom(1));
    expect(Array.from(started.subarray(parameterCount))).toEqual([42, 42]);
  });

  test.skipIf(point.layers === undefined)(
    "the layers tile θ, and their inputs and cotangents give Jᵀu",
    () => {
      const layers = point.layers?.(u) ?? [];
      const back = new Float64Array(parameterCount);
      let offset = 0;
      for (const { layer, inputs: x, cotangents: z } of layers) {
        expect(layer.offset).toBe(offset);
        const { inputs: n, outputs: m } = layer;
        for (let i = 0; i < ROWS; i++) {
          for (let k = 0; k < m; k++) {
            const zik = z.data[i * m + k];
            for (let j = 0; j < n; j++) back[offset + k * n + j] += zik * x.data[i * n + j];
            if (layer.bias) back[offset + m * n + k] += zik;
          }
        }
        offset += m * (n + (layer.bias ? 1 : 0));
      }
      expect(offset).toBe(parameterCount);
      expect(relativeError(back, vjp())).toBeLessThan(exact);
    },
  );

  test.skipIf(point.origin === undefined)("the origin linearises the same map again", () => {
    const { origin } = point;
    const again = origin?.network.linearisation(ROWS);
    again?.at(origin?.theta ?? theta, origin?.inputs ?? inputs);
    expect(origin?.network).toBe(network);
    expect(again?.outputs.data).toEqual(point.outputs.data);
  });

  test("moving the point and moving it back leaves no trace", () => {
    const travelled = network.linearisation(ROWS);
    travelled.at(v, u.width === inputSize ? u : randomRows(ROWS, inputSize, "elsewhere"));
    travelled.jvp(theta, createRows(ROWS, outputSize));
    travelled.vjp(u, new Float64Array(parameterCount));
    travelled.at(theta, inputs);
    const along = createRows(ROWS, outputSize);
    travelled.jvp(v, along);
    expect(travelled.outputs.data).toEqual(point.outputs.data);
    expect(along.data).toEqual(jvp(v));
  });

  test("a row's output does not depend on the other rows", () => {
    const single = network.linearisation(1);
    // A number in place of −∞, which has no relative error.
    const finite = (outputs: Float64Array) => outputs.map((x) => (x === -Infinity ? 1e9 : x));
    for (let i = 0; i < ROWS; i++) {
      const data = inputs.data.slice(i * inputSize, (i + 1) * inputSize);
      single.at(theta, { count: 1, width: inputSize, data });
      const row = point.outputs.data.slice(i * outputSize, (i + 1) * outputSize);
      expect(relativeError(finite(single.outputs.data), finite(row))).toBeLessThan(exact);
    }
  });

  test("u is left as it was", () => {
    const before = u.data.slice();
    vjp();
    expect(u.data).toEqual(before);
  });

  test("the same seed gives the same parameters", () => {
    const [a, b] = [new Float64Array(parameterCount), new Float64Array(parameterCount).fill(7)];
    network.initialise(a, createRandom(3));
    network.initialise(b, createRandom(3));
    expect(a).toEqual(b);
  });

  test("warm calls of at, jvp and vjp make no typed array", () => {
    const along = createRows(ROWS, outputSize);
    const back = new Float64Array(parameterCount);
    const made = typedArraysMade(() => {
      point.at(theta, inputs);
      point.jvp(v, along);
      point.vjp(u, back);
    });
    expect(made).toBe(0);
  });
});
