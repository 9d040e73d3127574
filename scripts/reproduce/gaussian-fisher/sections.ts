import {
  createTable,
  formatNumber,
  lines,
  type LineSeries,
  type LinesPanel,
  plane,
  type PlanePanel,
  unbroken,
} from "../../figures/index.ts";
import type { Method } from "../likelihood-path.ts";
import type { ReproductionFigure, ReproductionSection } from "../reproduction.ts";
import { descend, type Deviation, fit, flowAt, stepSizes } from "./descent.ts";
import { figureSettings, metricFigure } from "./metric-figure.ts";
import { nameOf, parametrisations } from "./parametrisations.ts";
import { entryNames, type Moment, type ThreeWays } from "./three-ways.ts";

export function threeWaysSection(
  results: readonly ThreeWays[],
  count: number,
): ReproductionSection {
  const rows = results.flatMap((result) =>
    entryNames.map((name, i) => ({
      name,
      ...{ mu: result.mu, sigma: result.sigma },
      closedForm: result.closedForm[i],
      exact: result.exact[i],
      covariance: result.covariance[i],
      error: result.standardErrors[i],
      negativeHessian: result.negativeHessian[i],
    })),
  );
  type Row = (typeof rows)[number];
  const column = (header: string, value: (row: Row) => number) => ({ header, value });
  return {
    heading: "The Fisher matrix over (μ, log σ) in three ways",
    sentence: `The covariance of the score and the negative expected Hessian of log π are one matrix, diag(1/σ², 2), and natgrad's product JᵀMJ is that matrix. Covariances are means over ${formatNumber(count)} samples.`,
    table: createTable<Row>(
      [
        column("μ", ({ mu }) => mu),
        column("σ", ({ sigma }) => sigma),
        { header: "entry", value: ({ name }) => name },
        column("closed form", ({ closedForm }) => closedForm),
        column("JᵀMJ", ({ exact }) => exact),
        {
          header: "covariance of the score",
          value: ({ covariance, error }) => withError(covariance, error),
          align: "right",
        },
        {
          ...column("−E[Hessian]", ({ negativeHessian }) => negativeHessian),
          format: (value) => formatNumber(Math.abs(value) < 1e-9 ? 0 : value, 7),
        },
      ],
      rows,
    ),
  };
}

/** A sampled value to the second digit of its standard error. */
function withError(value: number, error: number): string {
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(error)));
  const sign = value < 0 ? "−" : "";
  return unbroken(`${sign}${Math.abs(value).toFixed(decimals)} ± ${error.toFixed(decimals)}`);
}

/** What the post prints, what that would give, and what holds. */
export function slipsSection(moments: readonly Moment[]): ReproductionSection {
  const [second, third, fourth] = moments;
  const sampled = ({ sampled: value, standardError }: Moment): string =>
    withError(value, standardError);
  const printed = 1 - (2 * second.sampled + fourth.sampled);
  const meant = 1 - 2 * second.sampled + fourth.sampled;
  const rows = [
    {
      printed: "E[(x − μ)³] = 3σ⁴",
      finding: `sampled at σ = 1: third moment ${sampled(third)}, fourth ${sampled(fourth)}`,
      holds: "E[(x − μ)⁴] = 3σ⁴",
    },
    {
      printed: "1 − E[2z² + z⁴] = 2, z = (x − μ)/σ",
      finding: `sampled: ${formatNumber(printed, 3)} as printed, ${formatNumber(meant, 3)} with the other sign`,
      holds: "1 − E[2z²] + E[z⁴] = 1 − 2 + 3 = 2",
    },
    {
      printed: "F = diag(σ², ½) after “the inverse is”",
      finding: "the product with diag(1/σ², 2) is the identity",
      holds: "F⁻¹ = diag(σ², ½)",
    },
    {
      printed: "KL ≈ F",
      finding: "a matrix stands for a number",
      holds: "KL ≈ ½ δᵀFδ",
    },
  ];
  return {
    heading: "Slips of the post",
    sentence: "Its result is right; four lines on the way are not.",
    table: createTable(
      [
        { header: "as printed", value: (row: (typeof rows)[number]) => row.printed },
        { header: "what that gives", value: ({ finding }) => finding },
        { header: "holds", value: ({ holds }) => holds },
      ],
      rows,
    ),
  };
}

export function metricSection(): ReproductionSection {
  return {
    heading: "One metric, four parametrisations",
    sentence: `Every ellipse is ½ δᵀFδ = ${figureSettings.kl} with F = ΦᵀF(μ, log σ)Φ, Φ the Jacobian of the change of parameters, and every dashed curve is where KL from its Gaussian is ${figureSettings.kl} nats: the ellipses change from panel to panel as the curves do.`,
    figure: metricFigure,
  };
}

const pathSettings: Readonly<Record<Method, { stepSize: number; updates: number }>> = {
  natural: { stepSize: 0.1, updates: 40 },
  vanilla: { stepSize: 0.05, updates: 80 },
};

export function pathsSection(): ReproductionSection {
  const { stepSize } = pathSettings.natural;
  return {
    heading: "Fitting a Gaussian by maximum likelihood",
    sentence: `With steps of ${stepSize} the natural gradient takes nearly the same way in all four parametrisations, close to the flow that is the same in all of them; the vanilla gradient takes four ways.`,
    figure: pathsFigure,
  };
}

const pathsFigure: ReproductionFigure = {
  name: "paths",
  draw: (document) =>
    plane(document, {
      title: "Maximum likelihood in four parametrisations",
      subtitle: `steps of ${pathSettings.natural.stepSize} (natural) and ${pathSettings.vanilla.stepSize} (vanilla) up to t = 4, drawn over (μ, σ)`,
      x: { label: "μ", domain: [-1.2, 1.4] },
      y: { label: "σ", domain: [0.3, 2.1] },
      panels: [pathsPanel("natural"), pathsPanel("vanilla")],
    }),
};

function pathsPanel(method: Method): PlanePanel {
  const flow = Array.from({ length: 201 }, (_, i) => flowAt(i / 50));
  return {
    title: `${method} gradient`,
    paths: [
      ...(method === "natural"
        ? [{ key: "reference", label: "natural gradient flow", points: flow, wide: true }]
        : []),
      ...parametrisations.map((one) => ({
        ...{ key: one.id, label: one.name, dots: "end" as const },
        points: descend(one, method, pathSettings[method]),
      })),
    ],
    points: [{ label: "target", points: [fit.target], symbol: "star" }],
  };
}

export function deviationsSection(all: readonly Deviation[]): ReproductionSection {
  const panelOf = (method: Method, title: string, more: LineSeries[] = []): LinesPanel => ({
    title,
    series: [
      ...more,
      ...all
        .filter((one) => one.method === method)
        .map(({ parametrisation, distances }) => ({
          ...{ key: parametrisation, label: nameOf(parametrisation), marks: "both" as const },
          points: distances.map((y, i) => ({ x: stepSizes[i], y })),
        })),
    ],
  });
  return {
    heading: "Invariant to first order",
    sentence:
      "Where the natural gradient is at t = 1 depends on the parametrisation by an amount that shrinks with the step size; for the vanilla gradient it does not shrink.",
    figure: {
      name: "deviations",
      draw: (document) =>
        lines(document, {
          title: "How far apart parametrisations are at t = 1",
          subtitle: "√(2 KL) from the flow, by the size of the steps",
          x: { label: "step size", type: "log" },
          y: { label: "distance from the flow", type: "log" },
          panels: [
            panelOf("natural", "natural, from its flow", [slopeOne]),
            panelOf("vanilla", "vanilla, from its flow in (μ, log σ)"),
          ],
        }),
    },
  };
}

const slopeOne: LineSeries = {
  ...{ key: "reference", label: "slope 1" },
  points: stepSizes.map((x) => ({ x, y: 0.6 * x })),
};
