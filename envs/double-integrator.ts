import * as z from "zod";
import { lqr, type LqrEnvironment } from "./lqr.ts";

/** What `doubleIntegrator` can be told. */
export const doubleIntegratorOptions = z.strictObject({
  dt: z
    .number({ error: "must be a positive number" })
    .gt(0, "must be a positive number")
    .default(0.1)
    .describe("seconds a step"),
  effort: z
    .number({ error: "must be a number of at least 0" })
    .gte(0, "must be a number of at least 0")
    .default(0.01)
    .describe("price of a squared force of 1 N held for 1 s"),
});
export type DoubleIntegratorOptions = z.input<typeof doubleIntegratorOptions>;

/**
 * The double integrator: a unit mass on a line, brought to rest at the origin; a regulator with two
 * states, so that its exact solution is known.
 *
 * Action: one force in newtons, unbounded. Observations: position x in m and speed v in m/s, both
 * unbounded; the state is the observation. Reward: −(x² + 0.1 v² + effort · a²) dt, of the state
 * before the step; effort 0.01. Start: x and v from N(0, 1). Termination: never. Truncation: after
 * 100 steps. Dynamics, exact for a force held over a step of 0.1 s:
 *
 * x ← x + v dt + ½ a dt², v ← v + a dt.
 *
 * Source: the textbook plant, e.g. Bertsekas, Dynamic Programming and Optimal Control.
 *
 * @throws RangeError unless dt is positive and finite and effort at least 0.
 */
export function doubleIntegrator({
  dt = 0.1,
  effort = 0.01,
}: DoubleIntegratorOptions = {}): LqrEnvironment {
  if (!(dt > 0 && dt < Infinity)) {
    throw new RangeError(`doubleIntegrator: dt must be a positive number of seconds, got ${dt}`);
  }
  return lqr({
    name: "double-integrator",
    horizon: 100,
    A: [
      [1, dt],
      [0, 1],
    ],
    B: [[(dt * dt) / 2], [dt]],
    Q: [
      [dt, 0],
      [0, 0.1 * dt],
    ],
    R: [[effort * dt]],
  });
}
