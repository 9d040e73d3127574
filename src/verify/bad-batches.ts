import type { Batch } from "../rollout/batch.ts";
import type { AgentSubject } from "./agent.ts";
import { strayed } from "./agent.ts";
import { type Checklist, counted, sameBits } from "./verify.ts";

type Column = "observations" | "actions" | "rewards";

const nonFinite: readonly (readonly [Column, number])[] = [
  ["observations", NaN],
  ["observations", Infinity],
  ["actions", NaN],
  ["rewards", NaN],
  ["rewards", -Infinity],
];
const huge: readonly (readonly [Column, number])[] = [
  ["observations", 1e200],
  ["actions", 1e200],
  ["rewards", 1e308],
  ["rewards", 1e200],
];

/** Batches with one number that is not finite, or so large that sums overflow. */
export function verifyBadBatches(list: Checklist, { fresh, batchOf }: AgentSubject): void {
  const refuse =
    "look at the batch before θ: reject the update and say where, and neither replace NaN by a number nor throw";
  list.hold(
    "numbers that are not finite reject the update, which names them, and leave θ",
    refuse,
    () =>
      counted(
        nonFinite.flatMap(([what, value]) => {
          const agent = fresh();
          const before = agent.policy.theta.slice();
          const batch = spoilt(batchOf(agent.policy), what, value);
          const report = agent.update(batch);
          const where = `${what} hold ${value}`;
          const named = report.outcome.startsWith("rejected") && report.outcome.includes(what);
          if (!named) return [`${where}: ${report.outcome}`];
          if (!sameBits(agent.policy.theta, before)) return [`${where}: θ changed`];
          const taken = [
            report.stepSize,
            report.kl,
            report.gain,
            report.predictedKl,
            report.solves,
          ];
          return taken.every((x) => x === 0) ? [] : [`${where}: the report tells of a step`];
        }),
      ),
  );
  const finite =
    "test wᵀFw > 0 and every number of θ + αw before θ is set; take no root of what may be negative";
  list.hold("numbers that overflow never throw, and never make θ infinite or NaN", finite, () =>
    counted(
      huge.flatMap(([what, value]) => {
        const agent = fresh();
        const batch = spoilt(batchOf(agent.policy), what, value);
        const problem = strayed(agent, () => agent.update(batch));
        return problem === undefined ? [] : [`${what} hold ${value}: ${problem}`];
      }),
    ),
  );
  const kept =
    "keep nothing of a rejected batch: no fit of the baseline, no warm start, no average";
  list.hold("it learns after a bad batch as if it had not seen it", kept, () => {
    const [clean, disturbed] = [fresh(), fresh()];
    disturbed.update(spoilt(batchOf(disturbed.policy), "rewards", NaN));
    for (const agent of [clean, disturbed]) {
      for (const seed of ["1", "2"]) agent.update(batchOf(agent.policy, 120, seed));
    }
    return counted(sameBits(disturbed.policy.theta, clean.policy.theta) ? [] : ["θ differs"]);
  });
  list.hold("it goes on learning after observations that overflow", kept, () => {
    const agent = fresh();
    agent.update(spoilt(batchOf(agent.policy), "observations", 1e200));
    agent.update(batchOf(agent.policy));
    const { outcome } = agent.update(batchOf(agent.policy));
    return counted(outcome.startsWith("rejected") ? [outcome] : []);
  });
}

/** Another batch with its fourth number replaced. */
function spoilt(batch: Batch, what: Column, value: number): Batch {
  if (what === "rewards") {
    return { ...batch, rewards: batch.rewards.map((r, i) => (i === 3 ? value : r)) };
  }
  const rows = batch[what];
  return { ...batch, [what]: { ...rows, data: rows.data.map((x, i) => (i === 3 ? value : x)) } };
}
