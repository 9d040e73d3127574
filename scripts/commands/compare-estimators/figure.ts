import type { Quality, Statistic } from "../../estimators/quality.ts";
import { lines, type LinesPanel, type LineSeries } from "../../figures/index.ts";
import type { EstimatorComparison } from "./compare.ts";

/** What a figure shows where there are more estimators than styles that are told apart easily. */
const shown = ["reinforce", "gpomdp", "critic-gae", "all-action-exact", "finite-differences"];
/** Keys of the styles, given out in this order. */
const styles = ["vanilla", "natural", "trpo", "fourth", "fifth", "sixth"];

/** Cosines, signal-to-noise ratio and bias against the number of roll-outs, a line an estimator. */
export function comparisonFigure(
  document: Document,
  comparison: EstimatorComparison,
): SVGSVGElement {
  const { environment, discount, horizon, repetitions } = comparison;
  const named = [...new Set(comparison.lines.map(({ estimator }) => estimator))];
  const drawn = named.length <= styles.length ? named : named.filter((key) => shown.includes(key));
  const panel = (
    title: string,
    y: LinesPanel["y"] & object,
    statistic: (quality: Quality) => Statistic,
  ): LinesPanel => ({
    ...{ title, y },
    series: drawn.map((key, i) => seriesOf(comparison, key, styles[i], statistic)),
  });
  return lines(document, {
    title: "Estimates of the policy gradient against the number of roll-outs",
    subtitle: `${environment}, γ = ${discount}, episodes of ${horizon} steps: ${repetitions} repetitions, 95 % bootstrap bands`,
    x: { label: "roll-outs M", type: "log" },
    y: { label: "" },
    ...{ height: 250, columns: 2 },
    panels: [
      panel("angle to the gradient", { label: "cos∠(ĝ, ∇J)" }, ({ cosine }) => cosine),
      panel(
        "angle to the natural gradient",
        { label: "cos∠(F̂⁻¹ĝ, F⁻¹∇J)" },
        ({ naturalCosine }) => naturalCosine,
      ),
      panel("signal to noise", { label: "E‖ĝ∥‖² / E‖ĝ⊥‖²", type: "log" }, ({ snr }) => snr),
      {
        ...panel("bias along ∇J", { label: "ĝᵀ∇J / ‖∇J‖² − 1" }, ({ bias }) => bias),
        references: [{ y: 0 }],
      },
    ],
  });
}

function seriesOf(
  { lines: all }: EstimatorComparison,
  key: string,
  style: string,
  statistic: (quality: Quality) => Statistic,
): LineSeries {
  const own = all.filter(({ estimator }) => estimator === key);
  return {
    ...{ key: style, label: own[0].label, marks: "both" },
    points: own.flatMap(({ rollouts, quality }) => {
      if (quality === undefined) return [];
      const { value, low, high } = statistic(quality);
      return Number.isFinite(value) ? [{ x: rollouts, y: value, low, high }] : [];
    }),
  };
}
