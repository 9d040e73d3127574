import { kernelFisher } from "../fisher/kernel.ts";
import { createSurrogate } from "../gradient/surrogate.ts";
import type { LinearOperator } from "../linear/operator.ts";
import type { Batch } from "../rollout/batch.ts";
import { type Memory, rowsAt, type Shape } from "./memory.ts";
import { type BatchCommand, COMMANDS } from "./protocol.ts";
import type { Parts } from "./recipe.ts";

/**
 * The rows of shard `index`: a surrogate and a Fisher matrix of their own, whose sums over rows go to
 * memory as the shard's part of those of the batch.
 */
export function createBatchShard(
  { policy, divergence }: Omit<Parts, "makeEnvironment">,
  shape: Shape,
  memory: Memory,
  index: number,
): (command: BatchCommand) => void {
  const span = shape.batch[index];
  const surrogate = createSurrogate(policy, span.end - span.start, divergence);
  const { point } = surrogate;
  const observations = rowsAt(memory.observations, span);
  const actions = rowsAt(memory.actions, span);
  const batch = { observations, actions } as Batch; // a surrogate reads nothing else
  const weights = memory.weights.subarray(span.start, span.end);
  const advantages = memory.advantages.subarray(span.start, span.end);
  const outputs = rowsAt(memory.outputs, span);
  const tangents = rowsAt(memory.tangents, span);
  const partial = rowsAt(memory.partials, { start: index, end: index + 1 }).data;
  const measurement = rowsAt(memory.measurements, { start: index, end: index + 1 }).data;
  const fisher = kernelFisher();
  let operator: LinearOperator | undefined;

  const work: Record<BatchCommand, () => void> = {
    [COMMANDS.linearise]: () => {
      surrogate.at(batch);
      outputs.data.set(point.outputs.data);
    },
    [COMMANDS.gradient]: () => {
      surrogate.weights.set(weights);
      surrogate.advantages.set(advantages);
      surrogate.gradient(partial);
    },
    [COMMANDS.measure]: () => {
      surrogate.weights.set(weights);
      surrogate.advantages.set(advantages);
      const { gain, kl, ratios, squaredRatios } = surrogate.measure(memory.argument);
      measurement.set([gain, kl, ratios, squaredRatios]);
    },
    [COMMANDS.curvature]: () => {
      operator = fisher.at(point, policy.distribution, actions, weights);
    },
    [COMMANDS.product]: () => operator?.apply(memory.argument, partial),
    [COMMANDS.tangents]: () => point.jvp(memory.argument, tangents),
    [COMMANDS.cotangents]: () => point.vjp(tangents, partial),
  };
  return (command) => work[command]();
}
