import { createRows, type Rows } from "../math/rows.ts";
import { mean } from "../math/statistics.ts";
import type { Policy } from "../policy/policy.ts";
import type { AgentSubject } from "./agent.ts";
import { outputsOf } from "./agent.ts";
import { type Checklist, type Measured, shown } from "./verify.ts";

/** How far the reported KL may be from ours: kernels in single precision measure it to about 10⁻⁴. */
const PRECISION = 1e-3;

/** The KL of updates, measured apart from the agent. */
export function verifyConstraint(list: Checklist, { made, fresh, batchOf }: AgentSubject): void {
  const { kl, divergence = "old-to-new" } = made;
  const klOf = ({ distribution }: Policy, p: Rows, q: Rows): number => {
    const out = createRows(p.count, 1);
    distribution.kl(p, q, out.data);
    return mean(out.data);
  };
  /** One update from the start: its report, and both divergences of it. */
  const measure = (scale: number): { reported: number; forward: number; backward: number } => {
    const agent = fresh();
    const batch = batchOf(agent.policy);
    const old = outputsOf(agent.policy, batch);
    const report = agent.update({ ...batch, rewards: batch.rewards.map((r) => scale * r) });
    const moved = outputsOf(agent.policy, batch);
    return {
      reported: report.kl,
      forward: klOf(agent.policy, old, moved),
      backward: klOf(agent.policy, moved, old),
    };
  };
  const [mine, yours] =
    divergence === "new-to-old" ? ["new ‖ old", "old ‖ new"] : ["old ‖ new", "new ‖ old"];
  if (divergence !== "other") {
    const remedy = `measure the mean KL(${mine}) over the batch`;
    list.hold(`the reported KL is KL(${mine}) over the batch`, remedy, (): Measured => {
      const { reported, forward, backward } = measure(1);
      const [want, other] = divergence === "new-to-old" ? [backward, forward] : [forward, backward];
      const error = (x: number): number => Math.abs(reported - x) / x;
      const measured = want === 0 && reported === 0 ? 0 : error(want);
      const seen = `${reported} reported, KL(${mine}) is ${want}`;
      if (!(measured > PRECISION && error(other) <= PRECISION)) {
        return { measured, tolerance: PRECISION, seen };
      }
      const swapped = `the direction is swapped: it is KL(${yours}); exchange old and new, or say divergence: "${divergence === "new-to-old" ? "old-to-new" : "new-to-old"}"`;
      return { measured, tolerance: PRECISION, seen, remedy: swapped };
    });
  }
  if (kl === undefined) return;
  const rate =
    "a bound of the KL does not depend on the scale of the rewards; this one does, so it is a learning rate: take α = √(2δ / wᵀFw)";
  list.hold(
    `updates have a KL of at most twice ${kl}, whatever the scale of the rewards`,
    rate,
    () => {
      const all = [1, 10, 100].map(
        (scale) => measure(scale)[divergence === "new-to-old" ? "backward" : "forward"],
      );
      const measured = Math.max(...all) / kl;
      const seen = `KL ${all.map(shown).join(", ")} for rewards times 1, 10, 100`;
      return { measured, tolerance: 2, seen };
    },
  );
}
