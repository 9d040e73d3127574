import { Matrix, solve } from "ml-matrix";
import type { GroundTruth } from "../../../src/index.ts";
import { createCourse } from "./course.ts";
import type { ExactMethod, RunResult, RunTask } from "./run.ts";
import { GAMMA, policyAt, startOf } from "./system.ts";

/** λ of every solve: without it ξ, whose Fisher information vanishes at the bound of σ, runs away. */
export const DAMPING = 1e-6;

/** θ ← θ + α w with the exact w, from a random initial policy unless told where. */
export function ascend(task: RunTask, method: ExactMethod, start = startOf(task.seed)): RunResult {
  const policy = policyAt(start);
  const course = createCourse(task, policy);
  for (let update = 0; update < task.limits.updates && course.goesOn(); update++) {
    const w = directionOf(method, course.truth());
    for (let j = 0; j < w.length; j++) policy.theta[j] += task.stepSize * w[j];
    course.look(0, true);
  }
  return course.result([]);
}

/** (1 − γ)∇J, per step as the directions that are learnt, or (F + λI)⁻¹ of it. */
export function directionOf(
  method: ExactMethod,
  { gradient, fisher = [] }: GroundTruth,
): Float64Array {
  const g = gradient.map((value) => (1 - GAMMA) * value);
  if (method === "vanilla") return g;
  const damped = Matrix.eye(g.length)
    .mul(DAMPING)
    .add(new Matrix(fisher.map((row) => [...row])));
  return Float64Array.from(solve(damped, Matrix.columnVector(Array.from(g))).to1DArray());
}
