/**
 * The registry of agents, each a sentence of parts.
 *
 * @module natgrad/agents
 */

import type * as z from "zod";
import type { Agent, Environment, Random } from "../src/index.ts";
import { enacAgent, enacOptions } from "./enac.ts";
import { nac, nacOptions } from "./nac.ts";
import type { BatchParts } from "./parts.ts";
import { natural, naturalOptions } from "./natural.ts";
import { trpo, trpoOptions } from "./trpo.ts";
import { vanilla, vanillaOptions } from "./vanilla.ts";

export { type KernelLoader, kernelsNamed, setKernelLoader } from "./kernels.ts";
export { enacAgent, type EnacAgentOptions, enacOptions } from "./enac.ts";
export { nac, type NacOptions, nacOptions } from "./nac.ts";
export { natural, type NaturalOptions, naturalOptions } from "./natural.ts";
export { trpo, type TrpoOptions, trpoOptions } from "./trpo.ts";
export { vanilla, type VanillaOptions, vanillaOptions } from "./vanilla.ts";

export { type CommonOptions, commonOptions, fisherOptions } from "./options.ts";
export {
  type BatchParts,
  type EstimationParts,
  estimationParts,
  policyOptionsOf,
} from "./parts.ts";

/** An agent as the registry knows it. */
export interface AgentEntry {
  /** One line. */
  readonly summary: string;
  /** Its options with defaults, rules and descriptions. */
  readonly options: z.ZodObject;
  readonly create: (
    environment: Environment,
    random: Random,
    options?: Record<string, unknown>,
    batch?: BatchParts,
  ) => Agent;
}

/** Every agent by name. */
export const agents: Readonly<Record<string, AgentEntry>> = {
  vanilla: {
    summary: "vanilla policy gradient: θ ← θ + α g",
    options: vanillaOptions,
    create: vanilla,
  },
  natural: {
    summary: "natural policy gradient: a step of a given KL along F⁻¹g",
    options: naturalOptions,
    create: natural,
  },
  trpo: {
    summary: "trust-region policy optimisation: the natural step with a line search on KL and gain",
    options: trpoOptions,
    create: trpo,
  },
  enac: {
    summary: "episodic natural actor-critic: the natural gradient regressed from whole returns",
    options: enacOptions,
    create: enacAgent,
  },
  nac: {
    summary: "natural actor-critic: the natural gradient by LSTD-Q(λ) with its value function",
    options: nacOptions,
    create: nac,
  },
};

/** Those of the options that an environment suggests which an agent has. */
export function suggestionsFor(
  { options }: AgentEntry,
  suggests: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(suggests).filter(([key]) => key in options.shape));
}
