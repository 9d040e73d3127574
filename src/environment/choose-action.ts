import type { Random } from "../math/random.ts";
import type { Vector } from "../math/vector.ts";
import type { Environment } from "./environment.ts";

/** A random action; where it may leave the box, up to the box's width beyond its bounds. */
export function chooseAction(
  { actionSpace: space }: Environment,
  random: Random,
  action: Vector,
  inside: boolean,
): void {
  if (space.kind === "discrete") {
    action[0] = Math.floor(random.uniform(0, space.count));
    return;
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
}
