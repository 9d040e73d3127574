import { describe, expect, test } from "vitest";
import {
  constant,
  constantHead,
  createRandom,
  createRows,
  linear,
  mlp,
  type Network,
  normalised,
  reparametrised,
  sharedScores,
  verifyNetwork,
} from "../../src/index.ts";
import { typedArraysMade } from "../support/allocations.ts";
import { randomRows, randomVector } from "../support/numbers.ts";
import { expectPassed } from "./checks.ts";

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

describe.each(implementations)("$name", ({ network, exact, smooth, zeros }) => {
  const ROWS = 7;
  const inputs = randomRows(ROWS, network.inputSize, "inputs");
  inputs.data.forEach((_, i) => {
    if (zeros?.(i)) inputs.data[i] = 0;
  });
  expectPassed(
    verifyNetwork(network, {
      inputs,
      ...(exact !== undefined && { exact }),
      ...(smooth !== undefined && { smooth }),
    }),
  );

  test("warm calls of at, jvp and vjp make no typed array", () => {
    const { outputSize, parameterCount } = network;
    const random = createRandom("network");
    const theta = new Float64Array(parameterCount);
    network.initialise(theta, random.split("theta"));
    const v = randomVector(parameterCount, random);
    const u = randomRows(ROWS, outputSize, "u");
    const along = createRows(ROWS, outputSize);
    const back = new Float64Array(parameterCount);
    const point = network.linearisation(ROWS);
    const work = (): void => {
      point.at(theta, inputs);
      point.jvp(v, along);
      point.vjp(u, back);
    };
    work();
    expect(typedArraysMade(work)).toBe(0);
  });
});
