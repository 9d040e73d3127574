import {
  type ContourGroup,
  createTable,
  formatNumber,
  lines,
  type LinePoint,
  type LineSeries,
  plane,
  type PlanePanel,
  type Point,
  type ScalarField,
  type Table,
} from "../../figures/index.ts";
import type { ReproductionSection } from "../reproduction.ts";
import {
  ARRIVED,
  arrivalOf,
  gradientSteps,
  parametrisations,
  type Run,
  type SampledStep,
} from "./experiment.ts";
import { klOf, type Model } from "./problem.ts";

/** The runs of the report by what they show. */
export interface Shown {
  readonly unit: Run;
  readonly half: Run;
  readonly factor: Run;
  readonly gradientNatural: Run;
  /** Gradient ascent in mean and log scale, by step size. */
  readonly sweep: readonly Run[];
  /** The fastest of the sweep, or the closest where none arrives. */
  readonly best: Run;
}

export function shownOf(runs: readonly Run[]): Shown {
  const [unit, half, factor, gradientNatural, ...sweep] = runs;
  const last = ({ divergences }: Run): number => divergences[divergences.length - 1];
  const better = (a: Run, b: Run): Run => {
    const [first, second] = [arrivalOf(a) ?? Infinity, arrivalOf(b) ?? Infinity];
    if (first !== second) return first < second ? a : b;
    return last(a) <= last(b) ? a : b;
  };
  return { unit, half, factor, gradientNatural, sweep, best: sweep.reduce(better) };
}

export function divergenceSection(shown: Shown): ReproductionSection {
  const { unit, factor, best } = shown;
  const arrival = arrivalOf(best);
  return {
    heading: "One step",
    sentence:
      `From the prior, ${formatNumber(unit.divergences[0], 4)} nats away, one natural-gradient step of size 1 in natural parameters is the posterior, but for ${formatNumber(unit.divergences[1], 1)} nats of rounding; steps of ½ halve the distance in η each time. ` +
      `Gradient ascent in the usual parameters takes ${arrival === undefined ? `more than ${formatNumber(best.updates)}` : formatNumber(arrival)} updates to 10⁻⁶ nats with the best of ${gradientSteps.length} step sizes. ` +
      `In other parameters the natural direction is the same only to first order: with mean and factor of the precision a first step of 1 overshoots, and ${formatNumber(arrivalOf(factor) ?? NaN)} are needed.`,
    figure: {
      name: "divergence",
      draw: (document) =>
        lines(document, {
          title: "Divergence of q from the posterior",
          subtitle:
            "Bayesian linear regression, q from the prior, exact gradients; cut off at 10⁻¹⁶ nats",
          x: { label: "updates" },
          y: { label: "KL(q ‖ posterior), nats", type: "log", domain: [1e-16, 1e9] },
          panels: [
            {
              title: "natural gradient",
              x: { label: "updates", domain: [0, 20], ticks: [0, 5, 10, 15, 20] },
              series: [
                series(unit, "natural", "natural, step 1", 0),
                series(shown.half, "half", "natural, step ½", 0),
                series(factor, "factor", "natural, step 1, mean and factor of precision", 0),
              ],
            },
            {
              title: "gradient",
              x: { label: "updates", type: "log", domain: [1, best.updates] },
              series: [
                series(best, "vanilla", `gradient, mean and log scale, step ${best.stepSize}`, 1),
                series(
                  shown.gradientNatural,
                  "gradient-natural",
                  `gradient, natural parameters, step ${formatNumber(shown.gradientNatural.stepSize)}`,
                  1,
                ),
              ],
            },
          ],
        }),
    },
    table: arrivalTable(shown),
  };
}

function series({ divergences }: Run, key: string, label: string, from: number): LineSeries {
  const last = divergences.length - 1;
  const kept = (k: number): boolean => last <= 100 || k <= 20 || k === last || onGrid(k);
  const points = divergences
    .map((y, x): LinePoint => ({ x, y: y > 0 ? y : NaN }))
    .filter(({ x }) => x >= from && kept(x));
  return { key, label, points };
}

/** Some forty numbers a decade. */
const onGrid = (k: number): boolean =>
  Math.floor(40 * Math.log10(k)) !== Math.floor(40 * Math.log10(k - 1));

function arrivalTable({ unit, half, factor, gradientNatural, sweep }: Shown): Table {
  return createTable<Run>(
    [
      { header: "method", value: ({ method }) => method },
      { header: "parameters of q", value: ({ parameters }) => parametrisations[parameters].name },
      { header: "step", value: ({ stepSize }) => formatNumber(stepSize), align: "right" },
      {
        header: `updates to ${formatNumber(ARRIVED)} nats`,
        value: (run) => {
          const arrival = arrivalOf(run);
          if (arrival !== undefined) return formatNumber(arrival);
          return run.refusedAt === undefined
            ? `not in ${formatNumber(run.updates)}`
            : `diverges, update ${formatNumber(run.refusedAt)}`;
        },
        align: "right",
      },
      {
        header: "KL at the end, nats",
        value: ({ divergences }) => formatNumber(divergences[divergences.length - 1], 2),
        align: "right",
      },
    ],
    [unit, half, factor, gradientNatural, ...sweep],
  );
}

/** The square of the radius that holds 95 % of a Gaussian of two numbers. */
const CHI_SQUARE = 5.991;

export function ellipsesSection(model: Model, { half, best }: Shown): ReproductionSection {
  const late = [1, 100, 1000].filter((k) => k <= best.updates);
  return {
    heading: "Where q is on the way",
    sentence:
      "Natural steps of ½ average precisions: after one, q has half of the posterior’s precision, hence its shape, and nearly its mean. " +
      "Gradient ascent with its best step size is far off in shape and mean after a hundred updates.",
    figure: {
      name: "ellipses",
      draw: (document) =>
        plane(document, {
          title: "The approximate posterior on its way",
          subtitle: `95 % ellipses; the prior, where both start, is a circle of radius ${formatNumber(2 * Math.sqrt(CHI_SQUARE), 2)} around 0`,
          x: { label: "intercept w₀", domain: [-1, 2.2], ticks: [-1, 0, 1, 2] },
          y: { label: "slope w₁", domain: [-1.3, 0.7], ticks: [-1, -0.5, 0, 0.5] },
          ...{ height: 170, columns: 3 },
          panels: [
            ...[1, 2, 3].map((k) => ellipsePanel(model, half, { ...naturalEllipse, update: k })),
            ...late.map((k) => ellipsePanel(model, best, { ...gradientEllipse, update: k })),
          ],
        }),
    },
  };
}

interface EllipsePlan {
  readonly key: string;
  readonly label: string;
  readonly update: number;
}

const naturalEllipse = { key: "natural", label: "q, natural gradient, step ½" };
const gradientEllipse = { key: "vanilla", label: "q, gradient, mean and log scale" };

function ellipsePanel(
  { posterior }: Model,
  { etas }: Run,
  { key, label, update }: EllipsePlan,
): PlanePanel {
  const outline = (eta: readonly number[]): Pick<ContourGroup, "value" | "levels"> => ({
    value: squaredDistance(eta),
    levels: [CHI_SQUARE],
  });
  return {
    title: `after ${formatNumber(update)} update${update === 1 ? "" : "s"}`,
    contours: [
      { key: "reference", label: "posterior", ...outline(posterior) },
      { key, label, ...outline(etas[update]) },
    ],
    paths: [{ key, points: etas.slice(0, update + 1).map(meanOf), dots: "end" }],
    points: [{ label: "posterior mean", points: [meanOf(posterior)], symbol: "star" }],
  };
}

/** (w − m)ᵀΛ(w − m). */
function squaredDistance(eta: readonly number[]): ScalarField {
  const [m0, m1] = meanOf(eta);
  const [, , a, b, c] = eta;
  return (w0, w1) => a * (w0 - m0) ** 2 + 2 * b * (w0 - m0) * (w1 - m1) + c * (w1 - m1) ** 2;
}

/** Λ⁻¹h. */
function meanOf([h0, h1, a, b, c]: readonly number[]): Point {
  const determinant = a * c - b * b;
  return [(c * h0 - b * h1) / determinant, (a * h1 - b * h0) / determinant];
}

export function sampledSection(model: Model, steps: readonly SampledStep[]): ReproductionSection {
  return {
    heading: "The same step from a handful of draws",
    sentence:
      "The update is a policy gradient: w is the action and log p(y, w) − log q(w) the reward. That reward, less the ELBO, is linear in the score of q, (η* − η)ᵀ∇log q(w), " +
      "so that the regression which an empirical Fisher matrix solves has no error, and eight draws give the step as exactly as the integral does. " +
      "Without the baseline, or with the exact matrix and a sampled gradient, the same step carries the noise of the draws.",
    table: createTable<SampledStep>(
      [
        { header: "Fisher matrix", value: ({ fisher }) => fisher },
        {
          header: "draws from the prior",
          value: ({ draws }) => formatNumber(draws, 6),
          align: "right",
        },
        { header: "baseline", value: ({ baseline }) => baseline },
        { header: "update", value: ({ outcome }) => outcome },
        {
          header: "KL(q ‖ posterior), nats",
          value: ({ kl }) => formatNumber(kl, 3),
          align: "right",
        },
      ],
      steps,
      `One update of size 1 in natural parameters, from ${formatNumber(klOf(model.prior, model.posterior), 4)} nats`,
    ),
  };
}
