import * as z from "zod";
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
  const logits = choiceCounts(actionSpace).reduce((sum, count) => sum + count, 0);
  const outputs = actionSpace.kind === "box" ? actionSize(actionSpace) : logits;
  const rows = { count: steps, flag: "steps-per-update" };
  requireLayers({ flag: "hidden", whose: "policy", observationSize, hidden, outputs, rows });
}

/** The same of the network baseline. @throws UserError */
export function requireCriticCapacity(
  options: Readonly<Record<string, unknown>>,
  { observationSize }: Environment,
  steps: number,
): void {
  const { criticHidden, criticMinibatch } = z
    .object({
      criticHidden: z.array(z.number()).default([]),
      criticMinibatch: z.number().default(1),
    })
    .parse(options);
  const rows =
    criticMinibatch === 0
      ? { count: steps, flag: "steps-per-update" }
      : { count: criticMinibatch, flag: "critic-minibatch" };
  const layers = { observationSize, hidden: criticHidden, outputs: 1 };
  requireLayers({ flag: "critic-hidden", whose: "critic", ...layers, rows });
}

interface Layers {
  /** Of the hidden layers. */
  readonly flag: string;
  readonly whose: string;
  readonly observationSize: number;
  readonly hidden: readonly number[];
  readonly outputs: number;
  readonly rows: { readonly count: number; readonly flag: string };
}

function requireLayers({ flag, whose, observationSize, hidden, outputs, rows }: Layers): void {
  const wide = hidden.find((size) => size > WIDEST);
  if (wide !== undefined) {
    throw new UserError(
      `--${flag} must hold sizes of at most ${WIDEST}, got ${wide}; give a smaller one`,
    );
  }
  const widths = [observationSize, ...hidden, outputs];
  const parameters = widths.slice(1).reduce((sum, width, k) => sum + width * (widths[k] + 1), 0);
  if (parameters > MOST_PARAMETERS) {
    throw new UserError(
      `--${flag} must give a ${whose} of at most ${MOST_PARAMETERS} parameters, got ${parameters} from ${hidden.join(",")}; give smaller layers`,
    );
  }
  const activations = rows.count * hidden.reduce((sum, width) => sum + width, 0);
  if (activations > MOST_ACTIVATIONS) {
    throw new UserError(
      `--${rows.flag} times the sizes of --${flag} must be at most ${MOST_ACTIVATIONS}, got ${activations} from ${rows.count} and ${hidden.join(",")}; give fewer steps or smaller layers`,
    );
  }
}
