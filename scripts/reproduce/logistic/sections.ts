import {
  createTable,
  formatNumber,
  lines,
  type LinePoint,
  type LineSeries,
  plane,
  type PlanePath,
  type Point,
  type Table,
} from "../../figures/index.ts";
import type { ReproductionSection } from "../reproduction.ts";
import { type Experiment, methodNames, type SeparatedRun } from "./experiment.ts";
import type { Run } from "./methods.ts";
import { createProblem, lossOf, settings } from "./problem.ts";

/** Iterations that are drawn and kept: all of the first ten, then 24 a decade. */
export function shownIterations(last: number): number[] {
  const all = new Set<number>();
  for (let k = 0; k <= Math.min(10, last); k++) all.add(k);
  for (let i = 24; 10 ** (i / 24) < last; i++) all.add(Math.round(10 ** (i / 24)));
  return [...all.add(last)].sort((a, b) => a - b);
}

/** Keys fix the style; "printed" is grey. */
const keyOf = (method: string): string =>
  method === "gradient" ? "vanilla" : method === "printed" ? "reference" : method;

const printedName = "listing as printed";

function series(label: string, run: Run, values: readonly number[], from: number): LineSeries {
  const points = shownIterations(values.length - 1)
    .filter((k) => k >= from)
    .map((k): LinePoint => ({ x: k, y: values[k] }));
  return { key: keyOf(label === printedName ? "printed" : run.method), label, points };
}

const allSeries = ({ printed, runs }: Experiment, last: number, from: number): LineSeries[] => [
  series(printedName, printed, printed.losses.slice(0, last + 1), from),
  ...runs.map((run) => series(nameOf(run), run, run.losses.slice(0, last + 1), from)),
];

const nameOf = ({ method }: Run): string =>
  method === "empirical-diagonal" ? "empirical diagonal" : methodNames[method];

export function lossesSection(experiment: Experiment): ReproductionSection {
  const { printed, optimum, runs } = experiment;
  const { iterations, stepSize, damping } = settings;
  const long = printed.losses.length - 1;
  const gradient = runs[0].losses;
  return {
    heading: "The listing, as printed and mended",
    sentence:
      `As printed the listing subtracts the gradient of the log-likelihood, and its loss rises from log 2 to ${formatNumber(printed.losses[iterations], 4)} in ten iterations and without bound afterwards. ` +
      `With the sign mended all methods descend to ${formatNumber(optimum.loss, 4)}; after ${formatNumber(long)} iterations the plain gradient is still ${formatNumber(gradient[long] - optimum.loss, 2)} above. ` +
      "Ten iterations of 0.01 show little more than that.",
    figure: {
      name: "losses",
      draw: (document) =>
        lines(document, {
          title: "Logistic regression without an intercept",
          subtitle: `N = ${settings.rows}, step ${stepSize}, damping ${damping}; the listing's ten iterations, and a longer run`,
          x: { label: "iterations", domain: [0, iterations], ticks: [0, 2, 4, 6, 8, 10] },
          y: { label: "loss, nats per label", domain: [0.62, 0.71] },
          height: 300,
          panels: [
            { title: "ten iterations", series: allSeries(experiment, iterations, 0) },
            {
              title: `${formatNumber(long)} iterations`,
              x: { label: "iterations", type: "log", domain: [1, long] },
              series: allSeries(experiment, long, 1),
              references: [{ y: optimum.loss, label: "optimum", side: "left" }],
            },
          ],
        }),
    },
    table: slips,
  };
}

const slips = createTable<readonly [string, string, string]>(
  [
    { header: "of the listing", value: ([slip]) => slip },
    { header: "as printed", value: ([, printed]) => printed },
    { header: "here", value: ([, , mended]) => mended },
  ],
  [
    ["sign", "θ − η(F̂ + λI)⁻¹g with g the gradient of the log-likelihood", "θ + η(F̂ + λI)⁻¹g"],
    [
      "diagonal line",
      "η, damping and gradient are not defined where it stands",
      "η = 0.01, λ = 0.01, g at the θ of the line before",
    ],
    [
      "“GD theta”",
      "scikit-learn’s fit: another model (with intercept, ½‖w‖² added) by another method (L-BFGS)",
      "gradient ascent on the same likelihood",
    ],
    ["“Fisher”", "the empirical one, of the labels", "beside it the exact one"],
    [
      "SymPy part",
      "does not run: exp is not imported, and E, the expectation meant, is the number e there",
      "left out: F = Σᵢ pᵢ(1 − pᵢ)xᵢxᵢᵀ/N in closed form",
    ],
    [
      "no intercept",
      "the line x₁ + x₂ = 1 that makes the labels is not among the model’s",
      "as printed, and once with an intercept",
    ],
  ],
);

export function planeSection(experiment: Experiment): ReproductionSection {
  const { optimum, printed, runs } = experiment;
  const problem = createProblem();
  const path = ({ thetas }: Run): Point[] =>
    shownIterations(thetas.length - 1).map((k) => [thetas[k][0], thetas[k][1]]);
  const named: PlanePath[] = [
    { key: keyOf("printed"), label: printedName, points: path(printed) },
    ...runs.map((run) => ({ key: keyOf(run.method), label: nameOf(run), points: path(run) })),
  ];
  return {
    heading: "There is an optimum as long as there is no intercept",
    sentence:
      `A line through the origin cannot part these labels, so the likelihood has a maximum, at θ = (${optimum.theta.map((x) => formatNumber(x, 3)).join(", ")}), hardly better than guessing: ${formatNumber(optimum.loss, 3)} against ${formatNumber(Math.LN2, 3)} nats. ` +
      "The exact and the empirical matrix agree at θ = 0, where every residual is ½, and lead almost the same way; the gradient and the diagonal go round.",
    figure: {
      name: "paths",
      draw: (document) =>
        plane(document, {
          title: "Paths over the loss",
          subtitle: `${formatNumber(printed.losses.length - 1)} iterations of ${settings.stepSize} from θ = 0; as printed the listing leaves the plane`,
          x: { label: "θ₁", domain: [-1.2, 1.2], ticks: [-1, -0.5, 0, 0.5, 1] },
          y: { label: "θ₂", domain: [-0.6, 1.8], ticks: [-0.5, 0, 0.5, 1, 1.5] },
          levels: {
            label: "loss, nats per label",
            values: [0.63, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95],
          },
          height: 420,
          panels: [
            {
              surface: (a, b) => lossOf(problem, Float64Array.of(a, b)),
              paths: named,
              points: [
                {
                  label: "optimum",
                  points: [[optimum.theta[0], optimum.theta[1]]],
                  symbol: "star",
                },
              ],
            },
          ],
        }),
    },
  };
}

export function separatedSection({ separated }: Experiment): ReproductionSection {
  const steps = separated[0].losses.length - 1;
  return {
    heading: "With an intercept there is none",
    sentence:
      "With an intercept the labels can be parted, every such θ times two is more likely still, and no finite θ is a maximum: the loss goes to 0 and ‖θ‖ to infinity. " +
      "Then the Fisher matrix vanishes together with the gradient. Undamped natural steps of size 1 multiply the loss by 1/e each, until F is too small for float64; " +
      `damping becomes the larger part of F + λI, and the damped ones fall back to gradient steps of size 1/λ = ${formatNumber(1 / settings.damping)}, whose loss falls like one over their number.`,
    figure: {
      name: "separable",
      draw: (document) =>
        lines(document, {
          title: "Logistic regression with an intercept: labels that can be parted",
          subtitle: `steps of size 1, damping ${settings.damping}; cut off at 10⁻¹²`,
          x: { label: "iterations", type: "log", domain: [1, steps] },
          y: { label: "loss, nats per label", type: "log", domain: [1e-12, 1] },
          height: 300,
          panels: [
            {
              title: "loss",
              series: separated.map((run) => series(nameOf(run), run, run.losses, 1)),
            },
            {
              title: "norm of θ",
              y: { label: "‖θ‖", type: "log", domain: [0.1, 1e5] },
              series: separated.map((run) =>
                series(
                  nameOf(run),
                  run,
                  run.thetas.map((theta) => Math.hypot(...theta)),
                  1,
                ),
              ),
            },
          ],
        }),
    },
    table: separatedTable(separated, steps),
  };
}

function separatedTable(runs: readonly SeparatedRun[], steps: number): Table {
  return createTable<SeparatedRun>(
    [
      { header: "method, steps of size 1", value: nameOf },
      {
        header: "labels parted from iteration",
        value: ({ separatesAt }) =>
          separatesAt === undefined ? `not in ${formatNumber(steps)}` : formatNumber(separatesAt),
        align: "right",
      },
      {
        header: `loss after ${formatNumber(steps)}`,
        value: ({ losses }) => formatNumber(losses[steps], 3),
        align: "right",
      },
      {
        header: "‖θ‖",
        value: ({ thetas }) => formatNumber(Math.hypot(...thetas[steps]), 3),
        align: "right",
      },
    ],
    runs,
  );
}
