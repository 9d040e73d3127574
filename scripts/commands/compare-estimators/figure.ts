import type { Quality, Statistic } from "../../estimators/quality.ts";
import { lines, type LinesPanel, type LineSeries } from "../../figures/index.ts";
import type { EstimatorComparison } from "./compare.ts";

/** Keys of the styles that are told apart easily, given out in this order. */
const styles = ["vanilla", "natural", "trpo", "fourth", "fifth", "sixth"];
/** What a figure shows where there are more estimators than styles. */
const shown = [
  ...["reinforce", "enac", "critic-gae", "gpomdp", "all-action", "finite-differences"],
];

/** Cosines, signal-to-noise ratio and bias against the number of roll-outs, a line an estimator. */
export function comparisonFigure(
  document: Document,
  comparison: EstimatorComparison,
): SVGSVGElement {
  const { environment, discount, horizon, repetitions } = comparison;
  const named = [...new Set(comparison.lines.map(({ estimator }) => estimator))];
  const drawn = named.length <= styles.length ? named : shown.filter((key) => named.includes(key));
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
      panel("error of the direction", { label: "1 − mean cosine", type: "log" }, ({ cosine }) =>
        complement(cosine),
      ),
      panel(
        "error of the natural direction",
        { label: "1 − mean cosine", type: "log" },
        (quality) => complement(quality.naturalCosine),
      ),
      panel("signal-to-noise ratio", { label: "SNR", type: "log" }, ({ snr }) => snr),
      {
        ...panel("bias along the gradient", { label: "share of its length" }, ({ bias }) => bias),
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

/** 1 − x, whose small values a logarithmic axis tells apart. */
function complement({ value, low, high }: Statistic): Statistic {
  return { value: 1 - value, low: 1 - high, high: 1 - low };
}
