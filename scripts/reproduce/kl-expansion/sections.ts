import { diagonalGaussian } from "../../../src/index.ts";
import {
  createTable,
  formatNumber,
  lines,
  type LinePoint,
  type LinesPanel,
} from "../../figures/index.ts";
import { densityOf } from "../pointwise.ts";
import type { ReproductionFigure, ReproductionSection } from "../reproduction.ts";
import { type Direction, directions, distances, type Expansion } from "./expansion.ts";
import { type PairDivergence, sigmaOf } from "./pairs.ts";

export function pairsSection(divergences: readonly PairDivergence[]): ReproductionSection {
  return {
    heading: "Two pairs of Gaussians",
    sentence:
      "Parameters 100 apart or 0.1 apart say nothing by themselves: with standard deviations of 1000 and 0.1 the pair that is far apart is the more similar one, as the report has it. " +
      "With variances of 1000 and 0.1 it is the other way round, and the example would show the opposite.",
    figure: pairsFigure(divergences),
    table: createTable<PairDivergence>(
      [
        { header: "pair", value: ({ pair }) => pair.name },
        { header: "second number", value: ({ reading }) => reading },
        { header: "σ", value: ({ pair, reading }) => sigmaOf(pair, reading) },
        { header: "distance of parameters", value: ({ pair }) => pair.distance },
        { header: "KL, nats", value: ({ kl }) => kl },
      ],
      divergences,
    ),
  };
}

function pairsFigure(divergences: readonly PairDivergence[]): ReproductionFigure {
  return {
    name: "pairs",
    draw: (document) =>
      lines(document, {
        title: "Which pair is closer depends on what the second number is",
        subtitle:
          "1000 and 0.1 as standard deviations (above) and as variances (below); x from 3 σ below the lower mean to 3 σ above the upper one",
        x: { label: "x" },
        y: { label: "density" },
        ...{ height: 210, columns: 2 },
        panels: divergences.map(densityPanel),
      }),
  };
}

function densityPanel({ pair, reading, kl }: PairDivergence): LinesPanel {
  const sigma = sigmaOf(pair, reading);
  const { distance: d, second: s } = pair;
  const [low, high] = [-3 * sigma, 3 * sigma + d];
  const scale = sigma > 1 ? 1000 : 1;
  const density = (mu: number): LinePoint[] =>
    Array.from({ length: 121 }, (_, i) => {
      const x = low + ((high - low) * i) / 120;
      return { x, y: scale * densityOf(diagonalGaussian(1), [mu, Math.log(sigma)], x) };
    });
  return {
    title: `${reading === "variance" ? "σ²" : "σ"} = ${s}, d = ${d}: KL = ${formatNumber(kl, 3)}`,
    ...{ x: { label: "x" }, y: { label: scale === 1 ? "density" : "density, 10⁻³" } },
    series: [
      { key: "first", label: "N(0, σ²)", points: density(0) },
      { key: "second", label: "N(d, σ²)", points: density(d) },
    ],
  };
}

const labels: Readonly<Record<Direction, string>> = {
  forward: "KL(θ ‖ θ + δ)",
  reverse: "KL(θ + δ ‖ θ)",
  symmetrised: "mean of both",
};
const keys: Readonly<Record<Direction, string>> = {
  forward: "natural",
  reverse: "vanilla",
  symmetrised: "trpo",
};

export function expansionSection(expansions: readonly Expansion[]): ReproductionSection {
  const rows = expansions.flatMap(({ name, leading, results }) =>
    results.map((result) => ({ name, ...result, derived: leading[result.direction] })),
  );
  return {
    heading: "KL ≈ ½ δᵀFδ",
    sentence:
      "The expansion misses KL by a term of third order in either direction, so that it is the same for both only to second order. " +
      "The third order vanishes where the score is distributed symmetrically along δ, as for a uniform categorical distribution, or where the two directions cancel.",
    figure: {
      name: "expansion-error",
      draw: (document) =>
        lines(document, {
          title: "Error of the quadratic expansion of KL",
          subtitle:
            "|KL − ½ δᵀFδ| with the exact F, each divergence at every third length; dotted: the first term that ½ δᵀFδ leaves out, derived by hand",
          x: { label: "length of δ", type: "log" },
          y: { label: "error, nats", type: "log", domain: [1e-15, 1] },
          ...{ height: 250, columns: 2 },
          panels: expansions.map(errorPanel),
        }),
    },
    table: createTable<(typeof rows)[number]>(
      [
        { header: "distribution and δ", value: ({ name }) => name },
        { header: "divergence", value: ({ direction }) => labels[direction] },
        { header: "slope", value: ({ slope }) => slope },
        { header: "derived", value: ({ derived }) => derived.order },
        { header: "coefficient", value: ({ coefficient }) => coefficient },
        { header: "derived", value: ({ derived }) => derived.coefficient },
      ],
      rows,
      "Slope of log error over log length up to 10⁻², and error / lengthᵏ at 10⁻³",
    ),
  };
}

function errorPanel({ name, leading, results }: Expansion): LinesPanel {
  const derived = directions.map((direction) => {
    const { order, coefficient } = leading[direction];
    const points = distances.map((x) => ({ x, y: Math.abs(coefficient) * x ** order }));
    return { key: "reference", label: "first term left out", points };
  });
  const measured = results.map(({ direction, errors }, turn) => ({
    ...{ key: keys[direction], label: labels[direction], marks: "symbols" as const },
    points: errors
      .map((error, i) => ({ x: distances[i], y: Math.abs(error) }))
      .filter((_, i) => i % directions.length === turn),
  }));
  return { title: name, series: [...derived, ...measured] };
}
