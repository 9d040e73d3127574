import { actionSize, choiceCounts, type Environment } from "../../../src/index.ts";
import { UserError } from "../../support/user-error.ts";

/** The widest hidden layer. */
const WIDEST = 16_384;
/** The most parameters: 80 MB a vector, of which an update holds dozens. */
const MOST_PARAMETERS = 1e7;
/** The most numbers that the hidden layers give over a batch: 2 GB an array in float64. */
const MOST_ACTIVATIONS = 2.5e8;

/** Refuses hidden layers whose arrays would not fit the memory of Node. @throws UserError */
export function requireCapacity(
  hidden: readonly number[],
  { observationSize, actionSpace }: Environment,
  steps: number,
): void {
  const wide = hidden.find((size) => size > WIDEST);
  if (wide !== undefined) {
    throw new UserError(
      `--hidden must hold sizes of at most ${WIDEST}, got ${wide}; give a smaller one`,
    );
  }
  const logits = choiceCounts(actionSpace).reduce((sum, count) => sum + count, 0);
  const outputs = actionSpace.kind === "box" ? actionSize(actionSpace) : logits;
  const widths = [observationSize, ...hidden, outputs];
  const parameters = widths.slice(1).reduce((sum, width, k) => sum + width * (widths[k] + 1), 0);
  if (parameters > MOST_PARAMETERS) {
    throw new UserError(
      `--hidden must give a policy of at most ${MOST_PARAMETERS} parameters, got ${parameters} from ${hidden.join(",")}; give smaller layers`,
    );
  }
  const activations = steps * hidden.reduce((sum, width) => sum + width, 0);
  if (activations > MOST_ACTIVATIONS) {
    throw new UserError(
      `--steps-per-update times the sizes of --hidden must be at most ${MOST_ACTIVATIONS}, got ${activations} from ${steps} and ${hidden.join(",")}; give fewer steps or smaller layers`,
    );
  }
}
