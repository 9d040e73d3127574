import { formatNumber } from "../../figures/index.ts";
import type { Reproduction, ReproductionContext, ReproductionResult } from "../reproduction.ts";
import { comparisonsOf } from "./checks.ts";
import { type EstimatorErrors, errorsOf } from "./errors.ts";
import { errorsSection, fieldSection } from "./sections.ts";
import { exactAt, grid, labels, setting } from "./setting.ts";
import type { EstimatedField } from "./task.ts";

/** Estimators of the policy gradient against the exact fields of the linear-quadratic regulator. */
export const estimatorsLqr: Reproduction = {
  name: "estimators-lqr",
  summary: "estimators of the gradient and the natural gradient beside their exact fields",
  source:
    "Peters' Matlab policygradientlibrary, LQR_1d_DF_Gradients; Peters & Schaal 2008, Neural Networks 21:682-697, section 3, and Neurocomputing 71:1180-1190",
  run,
};

async function run({ seeds, quick, runAll }: ReproductionContext): Promise<ReproductionResult> {
  const url = new URL(`./task${import.meta.url.slice(-3)}`, import.meta.url);
  const tasks = Array.from({ length: seeds }, (_, i) => ({ seed: i + 1 }));
  const fields = await runAll<EstimatedField[]>(url, tasks);
  const errors = errorsOf(fields);
  return {
    title: "Estimators of the policy gradient on the linear-quadratic regulator",
    lead:
      "The comparison of gradient estimators in the Matlab library of J. Peters: each estimates the gradient, or the natural gradient, " +
      "from the same six trajectories at 36 policies, beside the exact field.",
    claim:
      "Crediting rewards to the actions before them reduces the variance of REINFORCE, and the natural actor-critic is exact where transitions are deterministic.",
    comparisons: comparisonsOf(errors),
    sections: [
      fieldSection("vanilla", fields[0], errors),
      fieldSection("natural", fields[0], errors),
      errorsSection(errors, seeds),
    ],
    settings: {
      system: "s′ = s + a, r = −½(s² + 0.1 a²), s₀ ~ N(0.3, 10⁻⁴), no noise",
      discount: setting.gamma,
      grid: `k from ${setting.gains[0]} to ${formatNumber(setting.gains[5])}, σ from ${setting.explorations[0]} to ${formatNumber(setting.explorations[5])}, 6 × 6`,
      data: `${setting.episodes} trajectories of ${setting.steps} steps, ${seeds} data sets a policy`,
      "chosen here": `perturbations of finite differences N(0, ${setting.scale}²) over (k, log σ); V and Q quadratic, fitted to the data set itself; GAE λ = 0.95; LSTD-Q with λ = 1 and (1, s, s²)`,
      "not compared":
        "the library's non-episodic REINFORCE and its SARSA; its direct approximation is here F̂⁻¹ĝ",
      quick,
    },
    numbers: { grid, exact: grid.map(exactAt), errors, firstDataSet: fields[0] },
    summary: summaryOf(errors),
  };
}

function summaryOf(errors: readonly EstimatorErrors[]): string[] {
  const degrees = (value: number): string =>
    (Number.isNaN(value) ? "–" : `${value.toFixed(2)}°`).padStart(9);
  return [
    `${"median angle to".padEnd(34)}${"∇J".padStart(9)}${"F⁻¹∇J".padStart(9)}`,
    ...errors.map(
      ({ key, vanilla, natural }) =>
        `${(labels.get(key) ?? key).padEnd(34)}${degrees(vanilla.medianAngle)}${degrees(natural.medianAngle)}`,
    ),
  ];
}
