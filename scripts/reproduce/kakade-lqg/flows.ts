import { integrate } from "../dormand-prince.ts";
import { firstTime, logarithmicTimes, naturalFlow, vanillaFlow } from "../gradient-flow.ts";
import { type Scaling, valuesAt } from "./moments.ts";

export type FlowName = "vanilla" | "natural" | "undamped";

export const settings = {
  /** θ₁s₁ and θ₂s₂ at the start, as the paper states them. */
  start: -0.8,
  /** (s₁, s₂), as in the paper. */
  scalings: [
    [1, 1],
    [10, 1],
    [1, 10],
  ] as readonly Scaling[],
  /** λ added to F: "about 10⁻³" in the paper. */
  damping: 1e-3,
  /** The cost from which on a policy counts as good, "about 22" in the paper. */
  reached: 22,
  /** How long a flow is followed; ours. */
  until: 1000,
  /** Error of a step of the integration, relative and absolute; ours. */
  tolerance: 1e-10,
};

/** The flow of a method under a scaling. */
export interface Flow {
  readonly name: FlowName;
  readonly scaling: Scaling;
  /** When the cost is at most 22 for the first time; undefined where it is not while the flow is followed. */
  readonly reachedAt: number | undefined;
  readonly points: readonly { readonly time: number; readonly cost: number }[];
}

/** Follows the flow of a method from θ = (−0.8/s₁, −0.8/s₂). */
export function followed(name: FlowName, scaling: Scaling): Flow {
  const at = (theta: readonly number[]) => valuesAt(theta, scaling);
  const { start, until, tolerance, damping } = settings;
  const field =
    name === "vanilla" ? vanillaFlow(at) : naturalFlow(at, name === "natural" ? damping : 0);
  const trajectory = integrate(
    field,
    scaling.map((scale) => start / scale),
    { until, relative: tolerance, absolute: tolerance },
  );
  return {
    ...{ name, scaling },
    reachedAt: firstTime(trajectory, (theta) => at(theta).cost <= settings.reached),
    points: logarithmicTimes(1e-4, until, 20).map((time) => ({
      time,
      cost: at(trajectory.at(time)).cost,
    })),
  };
}

/** All flows, method by method. */
export function allFlows(): Flow[] {
  return (["vanilla", "natural", "undamped"] as const).flatMap((name) =>
    settings.scalings.map((scaling) => followed(name, scaling)),
  );
}
