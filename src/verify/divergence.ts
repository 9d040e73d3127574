import { createRows, type Rows } from "../math/rows.ts";
import type { Vector } from "../math/vector.ts";
import { actionRule } from "./action-rule.ts";
import type { DistributionSubject } from "./distribution.ts";
import { logProbs, weightedSum } from "./expectation.ts";
import { metricAt, worstOf } from "./metric.ts";
import { repeated, rowOf } from "./samples.ts";
import { type Checklist, counted, type Measured, relativeError, shown } from "./verify.ts";

/** KL and entropy against expectations of log π, and the Hessian of KL against M. */
export function verifyDivergence(list: Checklist, subject: DistributionSubject): void {
  const { distribution, eta, other } = subject;
  const klOf = (p: Rows, q: Rows): Vector => {
    const out = new Float64Array(p.count);
    distribution.kl(p, q, out);
    return out;
  };
  const kl = "kl(p, q) is KL(p ‖ q) = E_p[log p − log q] in nats";
  list.hold("KL(p ‖ q) = E_p[log p − log q], and is positive", kl, () =>
    worstOf(eta.count, (i) => directed(subject, i, klOf(eta, other)[i])),
  );
  list.hold("KL(p ‖ p) = 0 exactly", "write KL in differences of η, which vanish exactly", () => {
    const measured = Math.max(...klOf(eta, eta).map(Math.abs));
    return { measured, tolerance: 0, seen: `KL(p ‖ p) is ${measured}` };
  });
  list.hold("KL is not negative however close the two are", "avoid cancellation near p = q", () => {
    const least = [1e-3, 1e-6, 1e-9, 1e-12].map((h) => {
      const near = { ...eta, data: eta.data.map((x, j) => x + h * other.data[j]) };
      return Math.min(...klOf(eta, near));
    });
    const measured = Math.max(0, -Math.min(...least));
    return { measured, tolerance: 0, seen: `the least KL is ${Math.min(...least)}` };
  });
  list.hold(
    "the Hessian of KL(η ‖ η′) in η′ at η is M",
    "mend kl or applyFisher, by the other rules",
    () =>
      worstOf(eta.count, (i) => {
        const row = rowOf(eta, i);
        const hessian = hessianAt((moved) => klOf(repeated(row, 1), repeated(moved, 1))[0], row);
        return { measured: relativeError(hessian, metricAt(distribution, row)), tolerance: 1e-6 };
      }),
  );
  verifyEntropy(list, subject);
}

/** The entropy and the mode against log π. */
function verifyEntropy(list: Checklist, subject: DistributionSubject): void {
  const { distribution, eta, rules, median } = subject;
  list.hold(
    "the entropy is −E[log π]",
    "entropy is in nats, of the density that logProb gives",
    () => {
      const entropy = new Float64Array(eta.count);
      distribution.entropy(eta, entropy);
      return worstOf(eta.count, (i) => {
        const { actions, weights, error } = rules[i];
        const expected = -weightedSum(weights, logProbs(distribution, rowOf(eta, i), actions));
        const measured = Math.abs(entropy[i] - expected);
        const tolerance = Math.max(5e-13, error * (1 + Math.abs(expected)));
        return {
          measured,
          tolerance,
          seen: `entropy ${shown(entropy[i])}, −E[log π] ${shown(expected)}`,
        };
      });
    },
  );
  if (median) return;
  list.hold("no action is more probable than the mode", "mode is the maximum of logProb", () => {
    const modes = createRows(eta.count, distribution.actionSize);
    distribution.mode(eta, modes);
    const atMode = new Float64Array(eta.count);
    distribution.logProb(eta, modes, atMode);
    return counted(
      rules.flatMap(({ actions }, i) => {
        const most = largest(logProbs(distribution, rowOf(eta, i), actions));
        return most <= atMode[i]
          ? []
          : [`log π ${shown(most)} over ${shown(atMode[i])} at the mode`];
      }),
    );
  });
}

/** KL against its definition; says so where it is that of the other direction. */
function directed(
  { distribution, eta, other, rules }: DistributionSubject,
  i: number,
  kl: number,
): Measured {
  const [p, q] = [rowOf(eta, i), rowOf(other, i)];
  const mean = (from: Vector, to: Vector, { actions, weights }: (typeof rules)[number]): number => {
    const ratio = logProbs(distribution, from, actions);
    const below = logProbs(distribution, to, actions);
    return weightedSum(
      weights,
      ratio.map((x, n) => x - below[n]),
    );
  };
  const expected = mean(p, q, rules[i]);
  const tolerance = Math.max(1e-12, 10 * rules[i].error) * (1 + expected);
  const measured = kl > 0 ? Math.abs(kl - expected) : Infinity;
  const seen = `${shown(kl)} where E_p[log p − log q] = ${shown(expected)}`;
  if (measured <= tolerance) return { measured, tolerance };
  const rule = actionRule(distribution, q, "reversed");
  const reversed = mean(q, p, rule);
  if (!(Math.abs(kl - reversed) <= Math.max(1e-9, 10 * rule.error) * (1 + reversed))) {
    return { measured, tolerance, seen };
  }
  const remedy = "the direction is swapped: exchange p and q in kl";
  return { measured, tolerance, seen: `kl(p, q) is KL(q ‖ p), ${seen}`, remedy };
}

function largest(values: Vector): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}

/** ∂²f/∂xⱼ∂xₖ from four values each, row-major. */
function hessianAt(f: (x: Vector) => number, at: Vector, h = 1e-4): Vector {
  const width = at.length;
  const value = (j: number, a: number, k: number, b: number): number => {
    const x = at.slice();
    x[j] += a * h;
    x[k] += b * h;
    return f(x);
  };
  return Float64Array.from({ length: width * width }, (_, n) => {
    const [j, k] = [Math.floor(n / width), n % width];
    const sum = value(j, 1, k, 1) - value(j, 1, k, -1) - value(j, -1, k, 1) + value(j, -1, k, -1);
    return sum / (4 * h * h);
  });
}
