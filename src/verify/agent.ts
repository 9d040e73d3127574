import type { Agent, UpdateReport } from "../agent/agent.ts";
import type { Environment } from "../environment/environment.ts";
import { createRandom, type Random } from "../math/random.ts";
import { createRows } from "../math/rows.ts";
import { dot, firstNonFinite, norm, type Vector } from "../math/vector.ts";
import type { Policy } from "../policy/policy.ts";
import type { Batch } from "../rollout/batch.ts";
import { createCollector } from "../rollout/collect.ts";
import { verifyBadBatches } from "./bad-batches.ts";
import { verifyConstraint } from "./constraint.ts";
import { verifyResumption } from "./resumption.ts";
import { type Check, type Checklist, counted, createChecklist, sameBits, shown } from "./verify.ts";

export interface AgentCase {
  /** Where it is to act: its policy must take the observations and give the actions of this. */
  readonly environment: Environment;
  /** How many times longer batches are than the 120 steps that most agents need. */
  readonly size?: number;
  /** δ, where updates promise a KL(old ‖ new) of about it. */
  readonly kl?: number;
  /** What the report's `kl` is of; `other`, as under weighted states, is not held against any. */
  readonly divergence?: "old-to-new" | "new-to-old" | "other";
}

/** An agent's maker and the batches it is shown. */
export interface AgentSubject {
  readonly made: AgentCase;
  readonly fresh: () => Agent;
  /** A batch under a policy. */
  readonly batchOf: (policy: Policy, steps?: number, seed?: string) => Batch;
}

/** Makes an agent for an environment. */
export type AgentMaker = (environment: Environment, random: Random) => Agent;

/**
 * Holds an agent against its contract: reproducible, θ moves by α w and by nothing else, reports whose
 * numbers fit each other and the batch, and bad numbers that reject an update and leave θ as it was.
 */
export function verifyAgent(make: AgentMaker, made: AgentCase): Check[] {
  const list = createChecklist();
  const subject: AgentSubject = {
    made,
    fresh: () => make(made.environment, createRandom(0)),
    batchOf: (policy, steps = 120, seed = "batch") => {
      const { environment, size = 1 } = made;
      const stepsPerEnvironment = (steps * size) / 2;
      const random = createRandom(seed);
      return createCollector({
        ...{ environment, policy, random, environments: 2, stepsPerEnvironment },
      }).collect();
    },
  };
  verifyLearning(list, subject);
  verifyReport(list, subject);
  verifyConstraint(list, subject);
  verifyBadBatches(list, subject);
  verifyResumption(list, subject);
  return [...list.checks];
}

/** Some updates on one stream of batches. */
export function run(
  { made, fresh }: AgentSubject,
  updates: number,
  seed = 0,
): { agent: Agent; reports: UpdateReport[] } {
  const agent = fresh();
  const collector = createCollector({
    ...{ environment: made.environment, policy: agent.policy, random: createRandom(seed) },
    ...{ environments: 1, stepsPerEnvironment: 210 * (made.size ?? 1) },
  });
  const reports = Array.from({ length: updates }, () => agent.update(collector.collect()));
  return { agent, reports };
}

function verifyLearning(list: Checklist, subject: AgentSubject): void {
  const { fresh, batchOf } = subject;
  const streams = "draw from the random argument alone, split by name";
  list.hold(
    "the same seed gives the same θ, bit for bit, and another seed another",
    streams,
    () => {
      const [a, b, c] = [run(subject, 6), run(subject, 6), run(subject, 6, 1)].map(
        ({ agent }) => agent.policy.theta,
      );
      const same = sameBits(a, b) ? [] : ["two runs from one seed differ"];
      return counted(sameBits(a, c) ? [...same, "θ does not depend on the batches"] : same);
    },
  );
  list.hold("updates of sound batches are accepted, and move θ", "see the outcomes", () => {
    const before = fresh().policy.theta.slice();
    const { agent, reports } = run(subject, 4);
    const refused = reports
      .map(({ outcome }) => outcome)
      .filter((o) => !/^(accepted|shrunk)$/.test(o));
    return counted(sameBits(agent.policy.theta, before) ? [...refused, "θ stays"] : refused);
  });
  list.hold(
    "it takes batches of one size after another",
    "make buffers anew when a size changes",
    () => {
      const agent = fresh();
      const outcomes = [120, 60, 180].map(
        (steps) => agent.update(batchOf(agent.policy, steps)).outcome,
      );
      return counted(outcomes.filter((outcome) => outcome.startsWith("rejected")));
    },
  );
}

function verifyReport(list: Checklist, subject: AgentSubject): void {
  const { fresh, batchOf } = subject;
  const alone =
    "add stepSize · direction to θ; where a step is refused, restore θ: the last trial's parameters must not stay";
  list.hold("θ moves by α w, and by nothing else; a rejected update leaves it", alone, () => {
    const agent = fresh();
    return counted(
      Array.from({ length: 8 }, (_, k) => k).flatMap((k) => {
        const batch = distorted(batchOf(agent.policy, 120, `moves ${k}`), k);
        const problem = strayed(agent, () => agent.update(batch));
        return problem === undefined ? [] : [`update ${k + 1}: ${problem}`];
      }),
    );
  });
  list.hold(
    "the report's numbers fit each other",
    "report the numbers of the step that was taken",
    () => {
      const report = run(subject, 4).reports[3];
      const { gradient: g, direction: w, stepSize: alpha } = report;
      const pairs: readonly [string, number, number][] = [
        ["gradientNorm is not ‖g‖", report.gradientNorm, norm(g)],
        ["slope is not gᵀw", report.slope, dot(g, w)],
        ["predictedGain is not α gᵀw", report.predictedGain, alpha * report.slope],
        ["predictedKl is not ½α²wᵀFw", report.predictedKl, 0.5 * alpha * alpha * report.curvature],
      ];
      const wrong = pairs.filter(
        ([, is, want]) => !(Math.abs(is - want) <= 1e-12 * Math.abs(want)),
      );
      const ratio = report.kl / report.predictedKl;
      const far = ratio > 0.2 && ratio < 5 ? [] : [`measured over predicted KL is ${shown(ratio)}`];
      return counted([
        ...wrong.map(([text, is, want]) => `${text}: ${is}, ${want}`),
        ...far,
        ...(report.solves >= 1 ? [] : [`${report.solves} solves`]),
      ]);
    },
  );
}

/** Every other batch with one reward so large that its direction is of one action. */
function distorted(batch: Batch, k: number): Batch {
  if (k % 2 === 0) return batch;
  const rewards = batch.rewards.slice();
  rewards[k % rewards.length] *= 1000;
  return { ...batch, rewards };
}

/** How θ left θ + α w, if it did. */
export function strayed(agent: Agent, update: () => UpdateReport): string | undefined {
  const before: Vector = agent.policy.theta.slice();
  const { stepSize, direction, outcome } = update();
  const { theta } = agent.policy;
  if (firstNonFinite(theta) >= 0) return `θ holds ${theta[firstNonFinite(theta)]} after ${outcome}`;
  if (outcome.startsWith("rejected") || stepSize === 0) {
    return sameBits(theta, before) ? undefined : `θ changed though the outcome is ${outcome}`;
  }
  const moved = before.map((x, i) => x + stepSize * direction[i]);
  return sameBits(theta, moved) ? undefined : "θ is not θ + α w";
}

/** η of a policy on the observations of a batch, in rows of their own. */
export function outputsOf(policy: Policy, { observations }: Batch): ReturnType<typeof createRows> {
  const point = policy.network.linearisation(observations.count);
  point.at(policy.theta.slice(), observations);
  const rows = createRows(observations.count, policy.network.outputSize);
  rows.data.set(point.outputs.data);
  return rows;
}
