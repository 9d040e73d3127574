import {
  createRows,
  type Distribution,
  type Random,
  type Rows,
  type Vector,
} from "../../../src/index.ts";

const ROOT = Math.sqrt(3);
const rule = [
  { node: -ROOT, weight: 1 / 6 },
  { node: 0, weight: 2 / 3 },
  { node: ROOT, weight: 1 / 6 },
] as const;

/**
 * The nine points and weights by which expectations under a Gaussian of two numbers are exact for
 * polynomials of degree 5 in each: three-point Gauss-Hermite in both standardised directions.
 *
 * The points are drawn by the family's own `sample`, from a stream that hands out the nodes of the rule
 * in place of N(0, 1): a sample without chance.
 */
export interface Quadrature {
  readonly weights: Vector;
  /** Rows of points under the q of each row of η. */
  readonly points: (distribution: Distribution, eta: Rows) => Rows;
}

const pairs = rule.flatMap((first) => rule.map((second) => [first, second] as const));

export const quadrature: Quadrature = {
  weights: Float64Array.from(pairs, ([first, second]) => first.weight * second.weight),
  points: (distribution, eta) => {
    const points = createRows(eta.count, 2);
    distribution.sample(eta, nodesInTurn(), points);
    return points;
  },
};

function nodesInTurn(): Random {
  const nodes = pairs.flatMap(([first, second]) => [first.node, second.node]);
  let next = 0;
  const only = (): never => {
    throw new Error("quadrature: a family must draw by normal numbers alone");
  };
  return { normal: () => nodes[next++ % nodes.length], uniform: only, split: only, save: only };
}
