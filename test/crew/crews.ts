import { onTestFinished } from "vitest";
import { createRandom, type Crew, type Recipe } from "../../src/index.ts";
import { startNodeCrew } from "../../scripts/support/crew.ts";

export const environments = new URL("../../envs/index.ts", import.meta.url).href;
export const faults = new URL("./environments.ts", import.meta.url).href;

/** A recipe of 12 environments in 4 shards and N = 4800 steps, some of it replaced. */
export function recipeOf(replaced: Partial<Recipe> = {}): Recipe {
  return {
    environment: { module: environments, name: "cartpole" },
    random: createRandom("crew").save(),
    environments: 12,
    stepsPerEnvironment: 400,
    ...replaced,
  };
}

/** A crew that is closed after the test. */
export async function crewOf(recipe: Recipe, workers: number): Promise<Crew> {
  const crew = await startNodeCrew(recipe, workers);
  onTestFinished(() => crew.close());
  return crew;
}
