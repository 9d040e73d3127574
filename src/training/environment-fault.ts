import type { Fault } from "../rollout/batch.ts";

/** An environment returned NaN in the middle of training; θ is as it was before the batch. */
export class EnvironmentFault extends Error {
  override readonly name = "EnvironmentFault";
  readonly fault: Fault;

  constructor(environment: string, fault: Fault) {
    const { episode, step, reward, state } = fault;
    const what = Number.isNaN(reward) ? "a reward" : "an observation";
    super(
      `${environment} must return finite numbers, got ${what} of NaN in episode ${episode}, step ${step} of copy ${fault.environment}, in the state [${state.join(", ")}]; natgrad check finds such states without training`,
    );
    this.fault = fault;
  }
}
