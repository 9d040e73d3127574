import type { Random } from "../math/random.ts";
import type { Vector } from "../math/vector.ts";
import { type DiscreteSpace, type Environment, isPossible } from "./environment.ts";

/** What a random action depends on. */
export interface ActionContext {
  /** Of the state in which to act; it tells which choices are possible. */
  readonly observation: Vector;
  /** Whether to stay in the box; elsewhere up to the box's width beyond its bounds. */
  readonly inside: boolean;
}

/** action ← a random possible action; returns whether there is one. */
export function chooseAction(
  { actionSpace: space }: Environment,
  random: Random,
  { observation, inside }: ActionContext,
  action: Vector,
): boolean {
  if (space.kind === "discrete") {
    const possible = possibleChoices(space, observation);
    action[0] = possible[Math.floor(random.uniform(0, possible.length))];
    return possible.length > 0;
  }
  if (space.kind === "multi-discrete") {
    for (let k = 0; k < action.length; k++) {
      action[k] = Math.floor(random.uniform(0, space.counts[k]));
    }
    return true;
  }
  for (let k = 0; k < action.length; k++) {
    const [low, high] = [space.low[k], space.high[k]];
    if (Number.isFinite(low) && Number.isFinite(high)) {
      const beyond = inside ? 0 : high - low;
      action[k] = random.uniform(low - beyond, high + beyond);
    } else {
      action[k] = random.normal();
      if (inside) action[k] = Math.min(Math.max(action[k], low), high);
    }
  }
  return true;
}

/** The choices that are possible in the state with this observation. */
export function possibleChoices(space: DiscreteSpace, observation: Vector): number[] {
  const all = Array.from({ length: space.count }, (_, choice) => choice);
  return all.filter((choice) => isPossible(space, observation, choice));
}
