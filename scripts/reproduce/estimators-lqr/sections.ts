import { createTable, formatNumber, plane, type PlanePanel } from "../../figures/index.ts";
import { authorSystem, optimumOf } from "../peters-schaal/systems.ts";
import type { ReproductionFigure, ReproductionSection } from "../reproduction.ts";
import { errorOf } from "./checks.ts";
import type { EstimatorErrors, FieldErrors } from "./errors.ts";
import { type Arrow, exactAt, grid, labels, setting } from "./setting.ts";
import type { EstimatedField } from "./task.ts";

type Kind = "vanilla" | "natural";

/** What the figures show, of ten and more. */
const shown: Record<Kind, readonly string[]> = {
  vanilla: [
    ...["reinforce-plain", "reinforce", "gpomdp"],
    ...["critic-gae", "all-action", "finite-differences"],
  ],
  natural: ["reinforce", "gpomdp", "critic-gae", "all-action", "enac", "lstd-q"],
};

const names: Record<Kind, string> = {
  vanilla: "gradient ∇J",
  natural: "natural gradient",
};

const data = `${setting.episodes} trajectories of ${setting.steps} steps at each policy`;

export function fieldSection(
  kind: Kind,
  field: readonly EstimatedField[],
  errors: readonly EstimatorErrors[],
): ReproductionSection {
  const angle = (key: string): string =>
    `${formatNumber(errorOf(errors, key)[kind].medianAngle, 2)}°`;
  const sentence: Record<Kind, string> = {
    vanilla: `Estimates from ${data} point away from the exact gradient (grey) by ${angle("reinforce-plain")} in the median for REINFORCE without a baseline, ${angle("gpomdp")} for G(PO)MDP and ${angle("all-action")} where the gradient is integrated over all actions with a learnt Q.`,
    natural: `The same ${setting.episodes} trajectories give the natural gradient to ${angle("gpomdp")} in the median as F̂⁻¹ĝ of G(PO)MDP, to ${angle("enac")} by eNAC, whose constant baseline suits a start that hardly varies, and exactly by LSTD-Q, as there is no noise in the dynamics.`,
  };
  return {
    heading: `Estimates of the ${names[kind]}`,
    sentence: sentence[kind],
    figure: fieldFigure(kind, field),
  };
}

function fieldFigure(kind: Kind, field: readonly EstimatedField[]): ReproductionFigure {
  const optimum = optimumOf({ ...authorSystem, gamma: setting.gamma });
  const exact = arrowsOf(grid.map((point) => exactAt(point)[kind]));
  const what = kind === "vanilla" ? "policy gradient" : "natural policy gradient";
  return {
    name: `estimates-${kind}`,
    draw: (document) =>
      plane(document, {
        title: `Estimates of the ${what} from ${setting.episodes} trajectories`,
        subtitle: `${authorSystem.reward}, γ = ${setting.gamma}, ${data}; one data set, arrows of equal length over (k, σ)`,
        x: { label: "controller gain k", domain: [-1.9, 0.05], ticks: [-1.5, -1, -0.5, 0] },
        y: { label: "exploration σ", domain: [-0.08, 1.28], ticks: [0, 0.5, 1] },
        levels: { scale: "log", label: "gap to the optimum" },
        columns: 3,
        panels: shown[kind].map((key, i): PlanePanel => {
          const own = field.find((one) => one.key === key);
          const first = i === 0;
          return {
            title: labels.get(key) ?? key,
            // a little below σ = 0, where some arrows end, it is mirrored
            surface: (k, sigma) => optimum.return - exactAt({ k, sigma: Math.abs(sigma) }).return,
            points: [{ label: "optimum", points: [[optimum.k, 0]], symbol: "star" }],
            arrows: [
              { key: "reference", length, arrows: exact, ...(first && { label: "exact" }) },
              {
                ...{ key: kind, length, arrows: arrowsOf(own?.[kind] ?? []) },
                ...(first && { label: "estimate" }),
              },
            ],
          };
        }),
      }),
  };
}

/** Of every arrow, in units of the axes. */
const length = 0.19;

function arrowsOf(field: readonly Arrow[]): PlaneArrows {
  return field.map((direction, i) => ({ at: [grid[i].k, grid[i].sigma], direction }));
}

type PlaneArrows = { readonly at: Arrow; readonly direction: Arrow }[];

export function errorsSection(
  errors: readonly EstimatorErrors[],
  seeds: number,
): ReproductionSection {
  const degrees = (value: number): string =>
    Number.isNaN(value) ? "–" : value < 0.005 ? "0.00°" : `${value.toFixed(value < 10 ? 2 : 1)}°`;
  const percent = (value: number): string =>
    Number.isNaN(value) ? "–" : `${formatNumber(100 * value, 3)} %`;
  const columns = (kind: Kind, name: string) => {
    const of = ({ [kind]: field }: EstimatorErrors): FieldErrors => field;
    return [
      {
        ...{ header: `angle to ${name}`, align: "right" as const },
        value: (row: EstimatorErrors) => degrees(of(row).medianAngle),
      },
      {
        ...{ header: "90 % below", align: "right" as const },
        value: (row: EstimatorErrors) => degrees(of(row).nineTenthsAngle),
      },
      {
        ...{ header: "relative error", align: "right" as const },
        value: (row: EstimatorErrors) => percent(of(row).relative),
      },
    ];
  };
  return {
    heading: "Errors over the grid",
    sentence:
      `Medians over the 36 policies and ${seeds} data sets at each, of angles and lengths over (k, σ). Where an estimator gives ĝ, the natural direction is F̂⁻¹ĝ with the F̂ of the same trajectories; where it gives w, ĝ is F̂ w. ` +
      `The exact Q and LSTD-Q are ${formatNumber(100 * setting.gamma ** setting.steps, 2)} % short of the exact length, the part of the return beyond ${setting.steps} steps. eNAC with a baseline for each time has more baselines than trajectories and gives nothing.`,
    table: createTable<EstimatorErrors>(
      [
        { header: "estimator", value: ({ key }) => labels.get(key) ?? key },
        ...columns("vanilla", "∇J"),
        ...columns("natural", "F⁻¹∇J"),
      ],
      errors,
    ),
  };
}
