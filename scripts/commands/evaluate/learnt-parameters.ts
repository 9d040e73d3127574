import type { FinishedRun } from "../train/read-run.ts";

/** θ of a run, and how far the run was when it had them. */
export type LearntParameters = Pick<FinishedRun, "theta" | "update" | "steps">;

/** What is evaluated of a run: the parameters that it ended with. */
export function learntParameters({ theta, update, steps }: FinishedRun): LearntParameters {
  return { theta, update, steps };
}
