import { type Field, integrate, type Trajectory } from "../dormand-prince.ts";
import {
  firstTime,
  logarithmicTimes,
  naturalFlow,
  rangeAlong,
  vanillaFlow,
} from "../gradient-flow.ts";
import { settings, thetaOf, valuesAt } from "./system.ts";

export type FlowName = "vanilla" | "natural" | "undamped";

/** A flow of a method from the policy that stays in i and in j with these probabilities. */
export interface FlowTask {
  readonly name: FlowName;
  readonly start: readonly [i: number, j: number];
}

/** A point of a flow. */
export interface FlowPoint {
  readonly time: number;
  readonly theta: readonly [i: number, j: number];
  /** η. */
  readonly reward: number;
  /** ρ(j). */
  readonly rare: number;
}

/** A flow, with what the paper tells of it. */
export interface Flow extends FlowTask {
  readonly points: readonly FlowPoint[];
  /** When η ≥ 1.9 for the first time; undefined where it is not while the flow is followed. */
  readonly reachedAt: number | undefined;
  /** The least ρ(j) until then. */
  readonly leastRare: number;
  /** The largest θ(i) until then. */
  readonly largestTheta: number;
}

/** θ̇ of each method, and how long it is followed. */
const fields: Readonly<Record<FlowName, { readonly field: Field; readonly until: number }>> = {
  vanilla: { field: vanillaFlow(valuesAt), until: 1e8 },
  natural: { field: naturalFlow(valuesAt, settings.damping), until: 1e8 },
  undamped: { field: (theta) => valuesAt(theta).naturalGradient, until: 5 },
};

/** Follows a flow. */
export function run({ name, start }: FlowTask): Flow {
  const { field, until } = fields[name];
  const { tolerance } = settings;
  const errors = { relative: tolerance, absolute: tolerance };
  const trajectory = integrate(field, thetaOf(start), { until, ...errors });
  const reachedAt = firstTime(trajectory, (theta) => valuesAt(theta).return >= settings.reached);
  const end = reachedAt ?? until;
  const rare = (theta: readonly number[]): number => valuesAt(theta).stateDistribution[1];
  return {
    ...{ name, start, points: sampled(trajectory, until), reachedAt },
    leastRare: rangeAlong(trajectory, end, rare).least,
    largestTheta: rangeAlong(trajectory, end, ([i]) => i).largest,
  };
}

/** 20 times a decade from 0.01 on, and the ends of the steps, most of which are where θ turns fast. */
function sampled({ times, at }: Trajectory, until: number): FlowPoint[] {
  const all = [...logarithmicTimes(0.01, until, 20), ...times.filter((time) => time > 0.01)];
  return [0, ...all.sort((a, b) => a - b)].map((time) => {
    const [i, j] = at(time);
    const { return: reward, stateDistribution } = valuesAt([i, j]);
    return { time, theta: [i, j], reward, rare: stateDistribution[1] };
  });
}
