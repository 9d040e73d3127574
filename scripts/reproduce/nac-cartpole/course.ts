import type { GroundTruth, Policy } from "../../../src/index.ts";
import type { RunResult, RunTask } from "./run.ts";
import { relativeGap, truthOf } from "./system.ts";

/** What a run has come to. */
export interface Course {
  /** The exact values of the policy as it is. */
  readonly truth: () => GroundTruth;
  /** Whether to go on: the policy is stable and not yet good enough. */
  readonly goesOn: () => boolean;
  /** Looks at the policy. */
  readonly look: (minutes: number, moved: boolean) => void;
  readonly result: (angles: readonly number[]) => RunResult;
}

/** Records the policy of a run, from now on. */
export function createCourse(task: RunTask, policy: Policy): Course {
  let truth = truthOf(policy);
  const minutes: number[] = [];
  const gaps: number[] = [];
  const thetas: number[] = [];
  const look: Course["look"] = (at, moved) => {
    if (moved) truth = truthOf(policy);
    minutes.push(at);
    gaps.push(relativeGap(truth));
    thetas.push(...policy.theta);
  };
  look(0, false);
  return {
    truth: () => truth,
    goesOn: () => {
      const gap = gaps[gaps.length - 1];
      return gap > task.limits.gap && gap < Infinity;
    },
    look,
    result: (angles) => ({
      task,
      minutes: Float64Array.from(minutes),
      gaps: Float64Array.from(gaps),
      thetas: Float64Array.from(thetas),
      angles: Float64Array.from(angles),
    }),
  };
}
