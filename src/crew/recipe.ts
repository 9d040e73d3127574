import type { Environment } from "../environment/environment.ts";
import { withWrappers, type WrapperOptions } from "../environment/wrappers/with-wrappers.ts";
import { type Divergence, klNewToOld, klOldToNew } from "../gradient/divergence.ts";
import { createRandom, type RandomState } from "../math/random.ts";
import { kernelMlp } from "../network/kernels/kernel-mlp.ts";
import { type KernelName, type Kernels, loadKernels } from "../network/kernels/load.ts";
import { policyFor, type PolicyOptions } from "../policy/policy-for.ts";
import type { Policy } from "../policy/policy.ts";

/** How a thread makes an environment for itself: functions cannot be sent to another thread. */
export interface EnvironmentRecipe {
  /** The URL of a module. */
  readonly module: string;
  /** A function that it exports, or a key of the registry that it exports as `environments`. */
  readonly name: string;
  /** The argument of that function, plain data. */
  readonly options?: object;
  /** What it is wrapped in. */
  readonly wrappers?: WrapperOptions;
}

/** The divergences by name. */
const divergences = { "old-to-new": klOldToNew, "new-to-old": klNewToOld } as const;

/** Plain data from which every thread makes the same environments, policy and shards. */
export interface Recipe {
  readonly environment: EnvironmentRecipe;
  /** Of `policyFor`; only its shape matters, since θ comes from the policy that learns. */
  readonly policy?: Omit<PolicyOptions, "perceptron">;
  /** By what hidden layers are computed; `float64` by default. */
  readonly kernels?: KernelName;
  /** What a step is measured by; KL(old ‖ new) by default. */
  readonly divergence?: keyof typeof divergences;
  /** The stream of which each shard of the roll-out gets one: `random.save()`. */
  readonly random: RandomState;
  /** Copies of the environment. */
  readonly environments: number;
  /** Steps of each copy in a batch: N = environments · stepsPerEnvironment. */
  readonly stepsPerEnvironment: number;
}

/** What a recipe makes. */
export interface Parts {
  /** A new environment at each call. */
  readonly makeEnvironment: () => Environment;
  readonly policy: Policy;
  readonly divergence: Divergence;
}

/** Gives the kernels of a name, or others where it cannot. */
export type KernelSource = (name: KernelName) => Kernels;

const defaultKernels: KernelSource = (name) =>
  loadKernels({ builds: name === "float64" ? [] : [name] });

/**
 * Imports the environment's module and makes what the recipe says.
 *
 * @throws RangeError for a name that the module does not export, kernels that this thread cannot
 * have, and what the environment or `policyFor` refuse.
 */
export async function partsOf(recipe: Recipe, source = defaultKernels): Promise<Parts> {
  const { module, name, options } = recipe.environment;
  const makeInner = environmentMaker(
    (await import(/* @vite-ignore */ module)) as EnvironmentModule,
    recipe.environment,
  );
  const environment = makeInner(options);
  if (typeof (environment as Partial<Environment> | undefined)?.step !== "function") {
    throw new RangeError(`recipe: ${name} of ${module} must return an environment`);
  }
  const make = (): Environment =>
    withWrappers(makeInner(options), recipe.environment.wrappers ?? {});
  const policy = policyFor(make(), createRandom(0), {
    ...recipe.policy,
    ...perceptronOf(recipe.kernels ?? "float64", source),
  });
  return {
    makeEnvironment: make,
    policy,
    divergence: divergences[recipe.divergence ?? "old-to-new"],
  };
}

type Maker = (options?: object) => Environment;

interface EnvironmentModule {
  readonly environments?: Readonly<Record<string, { create: Maker } | undefined>>;
  readonly [name: string]: unknown;
}

function environmentMaker(exported: EnvironmentModule, { module, name }: EnvironmentRecipe): Maker {
  const direct = exported[name];
  if (typeof direct === "function") return direct as Maker;
  const entry = exported.environments?.[name];
  if (entry !== undefined) return (options) => entry.create(options);
  throw new RangeError(
    `recipe: ${module} must export a function ${name} or have it in its registry, got exports ${Object.keys(exported).join(", ")}`,
  );
}

function perceptronOf(name: KernelName, source: KernelSource): Pick<PolicyOptions, "perceptron"> {
  if (name === "float64") return {};
  const kernels = source(name);
  if (kernels.name === name) return { perceptron: (options) => kernelMlp(kernels, options) };
  throw new RangeError(
    `recipe: this thread cannot have the kernels ${name} (${kernels.refused.join("; ")}); ask for ${kernels.name}`,
  );
}
