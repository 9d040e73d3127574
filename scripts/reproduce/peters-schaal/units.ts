import { createRandom, train } from "../../../src/index.ts";
import { createAgent, environmentInUnits, type Method, methods, sampling } from "./methods.ts";
import { relativeGapOf } from "./systems.ts";

/** The units that the state is measured in, and how many of them make a metre. */
export const units = [
  { name: "kilometre", symbol: "km", perMetre: 0.001 },
  { name: "metre", symbol: "m", perMetre: 1 },
  { name: "centimetre", symbol: "cm", perMetre: 100 },
] as const;

export type UnitName = (typeof units)[number]["name"];

export const unitSettings = {
  updates: 40,
  seed: 1,
  sizes: { vanilla: 0.03, natural: 0.1, trpo: 0.1 },
};

/** The gain of one method in one unit, converted back to actions per metre. */
export interface UnitPath {
  readonly method: Method;
  readonly unit: UnitName;
  /** After 0, 1, … updates; ends with the first gain at which J = −∞. */
  readonly gains: readonly number[];
}

/** The same seeded training in every unit, by every method: the samples are the same events. */
export function unitPaths(): UnitPath[] {
  return methods.flatMap((method) =>
    units.map(({ name, perMetre }) => ({ method, unit: name, gains: gainPath(method, perMetre) })),
  );
}

function gainPath(method: Method, perMetre: number): number[] {
  const { seed, updates, sizes } = unitSettings;
  const environment = environmentInUnits(perMetre);
  const random = createRandom(`peters-schaal/units/${seed}`);
  const agent = createAgent(method, sizes[method], environment, random);
  const { environments, stepsPerUpdate } = sampling;
  const steps = updates * stepsPerUpdate;
  const records = train({ environment, agent, random, steps, stepsPerUpdate, environments });
  const gains: number[] = [];
  let stable: boolean;
  do {
    const gain = agent.policy.theta[0] * perMetre;
    gains.push(gain);
    stable = relativeGapOf(gain, 0) < Infinity;
  } while (stable && !records.next().done);
  return gains;
}

/** The largest difference of a method's paths from its path in metres, relative to the largest gain. */
export function unitDeviation(paths: readonly UnitPath[], method: Method): number {
  const own = paths.filter((path) => path.method === method);
  const metres = own.find(({ unit }) => unit === "metre")?.gains ?? [];
  const size = Math.max(...metres.map(Math.abs));
  const differences = own.flatMap(({ gains }) =>
    gains.length < metres.length ? [Infinity] : gains.map((gain, i) => Math.abs(gain - metres[i])),
  );
  return Math.max(...differences) / size;
}
