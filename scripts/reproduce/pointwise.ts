import {
  createRows,
  type Distribution,
  exactFisher,
  materialise,
  type Network,
  rowsFrom,
} from "../../src/index.ts";

/** KL(p ‖ q) in nats of two members of a family. */
export function klOf(
  distribution: Distribution,
  p: readonly number[],
  q: readonly number[],
): number {
  const out = new Float64Array(1);
  distribution.kl(rowsFrom([p]), rowsFrom([q]), out);
  return out[0];
}

/** π(a; η) of a number a. */
export function densityOf(distribution: Distribution, eta: readonly number[], a: number): number {
  const out = new Float64Array(1);
  distribution.logProb(rowsFrom([eta]), rowsFrom([[a]]), out);
  return Math.exp(out[0]);
}

/** F = JᵀMJ at θ of a distribution whose parameters η come from a network without inputs, by `exactFisher`. */
export function fisherOf(
  network: Network,
  distribution: Distribution,
  theta: readonly number[],
): number[][] {
  const point = network.linearisation(1);
  point.at(Float64Array.from(theta), createRows(1, network.inputSize));
  const actions = createRows(1, distribution.actionSize);
  const weights = Float64Array.of(1);
  return materialise(exactFisher().at(point, distribution, actions, weights)).to2DArray();
}

/** xᵀA y. */
export function form(
  a: readonly (readonly number[])[],
  x: readonly number[],
  y: readonly number[] = x,
): number {
  return a.reduce(
    (sum, row, i) => sum + x[i] * row.reduce((inner, value, j) => inner + value * y[j], 0),
    0,
  );
}
