import {
  createTable,
  formatNumber,
  plane,
  type PlanePanel,
  type PlanePath,
  type Point,
  type Table,
  unitInvariance,
} from "../../figures/index.ts";
import type { ReproductionSection } from "../reproduction.ts";
import { type DescentRun, deviation, settings, type UnitStep, updatesUntil } from "./descent.ts";
import { type Inputs, inputs, targets, years } from "./problem.ts";
import { DONE, type Spectrum } from "./spectrum.ts";

const names = { gradient: "gradient descent", natural: "natural gradient" } as const;
const keys = { gradient: "vanilla", natural: "natural" } as const;

export function dataSection(): ReproductionSection {
  return {
    heading: "The lecture's table",
    sentence:
      "Two years and a target; the dots that follow the three rows are left out. With an intercept, three parameters pass through three rows, and centring or other units change the parameters but not the functions that they stand for.",
    table: createTable<number>(
      [
        { header: "x₁", value: (i) => String(years[i][0]) },
        { header: "x₂", value: (i) => String(years[i][1]) },
        { header: "t", value: (i) => targets[i] },
      ],
      [0, 1, 2],
    ),
  };
}

interface SpectrumRow {
  readonly inputs: Inputs;
  readonly spectrum: Spectrum;
  readonly runs: readonly DescentRun[];
}

export function lossesSection(
  spectra: readonly Spectrum[],
  runs: readonly DescentRun[],
): ReproductionSection {
  const rows = inputs.map((one, i): SpectrumRow => ({
    ...{ inputs: one, spectrum: spectra[i] },
    runs: runs.filter((run) => run.inputs === one),
  }));
  const natural = runs.filter(({ method }) => method === "natural");
  return {
    heading: "One problem, three ways of writing its inputs",
    sentence:
      `Gradient descent sees three problems: with the years as given it would take ${formatNumber(spectra[0].gradientUpdates, 2)} updates to bring the loss to 10⁻⁶. ` +
      `Natural gradient sees one: ${formatNumber(updatesUntil(DONE, natural[0]) ?? NaN)} updates with a step of ½ each time, along f = t(1 − 2⁻ᵏ) up to rounding. ` +
      `That rounding depends on how F is conditioned: Cholesky does not see units, but it sees that years and a constant are nearly the same, so that the path is off by ${formatNumber(deviation(natural[0]), 2)} with the years as given and by ${formatNumber(deviation(natural[1]), 2)} after centring.`,
    figure: {
      name: "losses",
      draw: (document) =>
        unitInvariance(document, {
          title: "Centring and units matter to gradient descent and not to the natural gradient",
          subtitle: `linear regression from f = 0; gradient descent with the step 1/λ of the largest eigenvalue, natural gradient with ${settings.naturalStep}`,
          quantity: { label: "loss over its first value", type: "log", domain: [1e-9, 3] },
          panels: (["gradient", "natural"] as const).map((method) => ({
            ...{ key: keys[method], label: names[method] },
            runs: runs
              .filter((run) => run.method === method)
              .map(({ inputs: { name }, losses }) => ({
                ...{ unit: name, values: losses.map((loss) => loss / losses[0]) },
              })),
          })),
        }),
    },
    table: spectrumTable(rows),
  };
}

function spectrumTable(rows: readonly SpectrumRow[]): Table {
  return createTable<SpectrumRow>(
    [
      { header: "inputs", value: (row) => row.inputs.name },
      {
        header: "κ(F)",
        value: ({ spectrum }) => formatNumber(spectrum.condition, 3),
        align: "right",
      },
      {
        header: "gradient updates",
        value: ({ spectrum }) => formatNumber(Math.ceil(spectrum.gradientUpdates), 3),
        align: "right",
      },
      {
        header: "natural updates",
        value: (row) => formatNumber(updatesUntil(DONE, ofMethod(row, "natural")) ?? NaN),
        align: "right",
      },
      {
        header: "κ with unit diagonal",
        value: ({ spectrum }) => formatNumber(spectrum.unitDiagonal, 3),
        align: "right",
      },
      {
        header: "natural path off t(1 − 2⁻ᵏ) by",
        value: (row) => formatNumber(deviation(ofMethod(row, "natural")), 2),
        align: "right",
      },
    ],
    rows,
    "Updates until the loss is 10⁻⁶ of its first value; those of gradient descent from the eigenvalues of F",
  );
}

const ofMethod = ({ runs }: SpectrumRow, method: DescentRun["method"]): DescentRun =>
  runs[runs.findIndex((run) => run.method === method)];

export function functionsSection(runs: readonly DescentRun[]): ReproductionSection {
  return {
    heading: "The paths of the functions",
    sentence:
      "The same runs as predictions of the first two rows. Each way of writing the inputs sends gradient descent elsewhere; with the years as given it moves all predictions together until their mean is right, and then hardly at all. " +
      "The natural gradient goes straight to the targets in all three.",
    figure: {
      name: "functions",
      draw: (document) =>
        plane(document, {
          title: "Where the predictions go",
          subtitle: `${settings.updates} updates, a dot at each; shaded: the loss of these two rows`,
          x: { label: "prediction of row 1", domain: [-0.5, 4.5], ticks: [0, 1, 2, 3, 4] },
          y: { label: "prediction of row 2", domain: [-0.5, 5.5], ticks: [0, 1, 2, 3, 4, 5] },
          panels: (["gradient", "natural"] as const).map((method) => functionPanel(method, runs)),
        }),
    },
  };
}

function functionPanel(method: DescentRun["method"], runs: readonly DescentRun[]): PlanePanel {
  const own = runs.filter((run) => run.method === method);
  return {
    title: names[method],
    surface: (a, b) => ((a - targets[0]) ** 2 + (b - targets[1]) ** 2) / 6,
    paths:
      method === "gradient"
        ? own.map((run) => pathOf(run, run.inputs.id, run.inputs.name))
        : [pathOf(own[0], "natural", "natural gradient, all three")],
    points: [{ label: "targets", points: [[targets[0], targets[1]]], symbol: "star" }],
  };
}

const pathOf = ({ predictions }: DescentRun, key: string, label: string): PlanePath => ({
  ...{ key, label, dots: "every" },
  points: predictions.map(([a, b]): Point => [a, b]),
});

export function unitsSection(steps: readonly UnitStep[]): ReproductionSection {
  const year = steps.find(({ unit }) => unit === "year") ?? steps[0];
  return {
    heading: "Feet plus one over feet",
    sentence:
      "With x₁ in units of which c make a year, its weight is in targets per unit but its gradient in units per target; adding the one to the other is what the lecture calls nonsense. " +
      "Once both are written in years, the update of gradient descent is c² times as large. The Fisher matrix is in squared units, F⁻¹g in targets per unit, and its update the same.",
    table: createTable<UnitStep>(
      [
        { header: "unit of x₁", value: ({ unit }) => unit },
        { header: "c", value: ({ unitsPerYear }) => formatNumber(unitsPerYear, 5), align: "right" },
        {
          header: "c²",
          value: ({ unitsPerYear }) => formatNumber(unitsPerYear ** 2, 7),
          align: "right",
        },
        {
          header: "first gradient update of w₁, relative",
          value: ({ gradient }) => formatNumber(gradient / year.gradient, 7),
          align: "right",
        },
        {
          header: "first natural update, relative",
          value: ({ natural }) => formatNumber(natural / year.natural, 7),
          align: "right",
        },
      ],
      steps,
      "Updates of w₁ in targets per year, with one step size, relative to that with x₁ in years; inputs centred",
    ),
  };
}
