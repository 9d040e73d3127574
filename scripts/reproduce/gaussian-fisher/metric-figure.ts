import { createRows, diagonalGaussian, rowsFrom } from "../../../src/index.ts";
import { plane, type PlanePanel, type Point } from "../../figures/index.ts";
import { fisherOf } from "../pointwise.ts";
import type { ReproductionFigure } from "../reproduction.ts";
import { type Parametrisation, parametrisations } from "./parametrisations.ts";

/** The Gaussians at the centres, and how far from them the curves lie, in nats. */
export const figureSettings = { means: [-1.2, 0, 1.2], sigmas: [0.6, 1, 5 / 3], kl: 0.05 };

interface View {
  readonly x: { readonly label: string; readonly domain: readonly [number, number] };
  readonly y: { readonly label: string; readonly domain: readonly [number, number] };
}

/** The part of each plane that holds the same nine Gaussians and what is around them. */
const views: Readonly<Record<Parametrisation["id"], View>> = {
  sigma: { x: { label: "μ", domain: [-2, 2] }, y: { label: "σ", domain: [0.2, 2.4] } },
  "log-sigma": { x: { label: "μ", domain: [-2, 2] }, y: { label: "log σ", domain: [-1, 1] } },
  canonical: {
    x: { label: "h = μ/σ²", domain: [-5.5, 5.5] },
    y: { label: "λ = 1/σ²", domain: [0, 4.5] },
  },
  expectation: { x: { label: "E x", domain: [-2, 2] }, y: { label: "E x²", domain: [0, 7] } },
};

const gaussian = diagonalGaussian(1);
const centres = figureSettings.means.flatMap((mu) =>
  figureSettings.sigmas.map((sigma) => ({ mu, sigma })),
);

/** Balls of KL and the ellipses of F around the same Gaussians in every parametrisation. */
export const metricFigure: ReproductionFigure = {
  name: "fisher-metric",
  draw: (document) =>
    plane(document, {
      title: "The Fisher metric of a Gaussian in four parametrisations",
      subtitle: `the same nine Gaussians in each panel: μ = −1.2, 0, 1.2 and σ = 0.6, 1, 1.67`,
      ...views.sigma,
      ...{ height: 230, columns: 2 },
      panels: parametrisations.map(panelOf),
    }),
};

function panelOf(one: Parametrisation): PlanePanel {
  const ellipses = centres.map(({ mu, sigma }) => {
    const xi = one.of(mu, sigma);
    const [[xx, xy], [, yy]] = fisherOf(one.network(xi), gaussian, xi);
    return { at: xi, metric: { xx, xy, yy } };
  });
  const { kl } = figureSettings;
  const key = { label: `KL(p ‖ q) = ${kl}`, levels: [kl], value: nearestKl(one) };
  const at = centres.map(({ mu, sigma }): Point => one.of(mu, sigma));
  return {
    title: one.name,
    ...views[one.id],
    ellipses: [{ key: "natural", label: `½ δᵀFδ = ${kl}`, epsilon: kl, ellipses }],
    contours: [{ key: "vanilla", ...key }],
    points: [{ label: "p", points: at, symbol: "circle" }],
  };
}

/** KL(p ‖ q) in nats from the nearest of the centres p to the Gaussian q at ξ. */
function nearestKl({ moments }: Parametrisation): (x: number, y: number) => number {
  const p = rowsFrom(centres.map(({ mu, sigma }) => [mu, Math.log(sigma)]));
  const q = createRows(p.count, 2);
  const out = new Float64Array(p.count);
  return (x, y) => {
    const [mu, sigma] = moments([x, y]);
    if (!(sigma > 0 && sigma < Infinity)) return Infinity;
    for (let i = 0; i < p.count; i++) q.data.set([mu, Math.log(sigma)], 2 * i);
    gaussian.kl(p, q, out);
    return Math.min(...out);
  };
}
