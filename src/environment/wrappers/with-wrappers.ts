import type { Environment } from "../environment.ts";
import { rewardScaled } from "./reward-scaled.ts";
import { squashed } from "./squashed.ts";
import { stickyActions } from "./sticky-actions.ts";
import { timeLimited } from "./time-limited.ts";

/** The usual wrappers as plain data, which can be sent to another thread. */
export interface WrapperOptions {
  /** Steps of `timeLimited`. */
  readonly timeLimit?: number;
  /** The probability of `stickyActions`. */
  readonly sticky?: number;
  /** The factor of `rewardScaled`. */
  readonly rewardScale?: number;
  /** Whether actions are `squashed`. */
  readonly squash?: boolean;
}

/** The environment in the wrappers that the options name, one around the other in their order. */
export function withWrappers(
  environment: Environment,
  { timeLimit, sticky, rewardScale, squash }: WrapperOptions,
): Environment {
  let inner = environment;
  if (timeLimit !== undefined) inner = timeLimited(inner, timeLimit);
  if (sticky !== undefined) inner = stickyActions(inner, sticky);
  if (rewardScale !== undefined) inner = rewardScaled(inner, rewardScale);
  return squash === true ? squashed(inner) : inner;
}
