import type { Argv, CommandModule } from "yargs";

const usage = `natgrad evaluate DIR [options]

Plays episodes under the policy that a run of natgrad train --out ended with: under its mode, which takes the
most likely action, and under the policy itself, which draws its actions, as in training. Both meet
the same starts. Mean and interquartile mean (IQM) have 95 % bootstrap intervals over the episodes, which
tell how well this one policy is known, not how training varies: that takes several runs, see natgrad compare.`;

const epilogue = `With the seed of the run, the default, and the same --episodes, the numbers of the mode are those of the
run's evaluation.json. Nothing is written without --out.
Next: natgrad compare DIR… sets runs of several seeds and methods side by side.`;

export const evaluateCommand: CommandModule = {
  command: "evaluate [run]",
  describe: "evaluate the policy that a run ended with",
  builder: async (command) => {
    const { evaluationOptions } = await import("./evaluate/settings.ts");
    return describeEvaluation(command).options(evaluationOptions());
  },
  handler: async (argv) => {
    const { readEvaluationSettings } = await import("./evaluate/settings.ts");
    const settings = await readEvaluationSettings(argv);
    const { runEvaluation } = await import("./evaluate/run.ts");
    runEvaluation(settings);
  },
};

function describeEvaluation(command: Argv): Argv {
  return command
    .usage(usage)
    .positional("run", { describe: "the folder of a run", type: "string" })
    .example("natgrad evaluate runs/first", "100 episodes each")
    .example("natgrad evaluate runs/first --episodes 1000 --seed 7", "others, and more of them")
    .example("natgrad evaluate runs/first --json | jq .mode.undiscountedReturn", "for programs")
    .epilogue(epilogue);
}
