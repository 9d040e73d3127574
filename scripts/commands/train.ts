import type { Argv, CommandModule } from "yargs";

const usage = `natgrad train ENV [options]

Trains an agent on an environment and prints a line per update; then evaluates the mode of its policy.
Where the exact solution is known (natgrad list says so), each line also holds what is exactly true:
J of the policy that collected the batch, how far it is from the best, and the cosines of the estimated
gradient and step with the true ones (which the estimates tend to with --discounted-states; without it,
states count as visited).`;

const epilogue = `With --out the folder holds config.json (what ran), progress.csv and progress.jsonl (a line per update), event
files for TensorBoard, checkpoints (safetensors), policy.json (the final parameters) and evaluation.json. The
same seed gives the same files. natgrad resume goes on with a run that was stopped or killed, bit for bit.
Next: natgrad solve lqr --help for exact answers, natgrad reproduce --help for published figures.`;

export const trainCommand: CommandModule = {
  command: "train [env]",
  describe: "train an agent on an environment",
  builder: async (command) => {
    const { trainingOptions } = await import("./train/options.ts");
    const { environmentOptions } = await import("../environments/environment-source.ts");
    const { environmentNamedBy } = await import("../configuration/layers.ts");
    const args = process.argv.slice(3);
    const own = await environmentOptions(args, environmentNamedBy(args));
    return describeTraining(command).options({ ...own, ...trainingOptions() });
  },
  handler: async (argv) => {
    const { readSettings } = await import("./train/settings.ts");
    const settings = await readSettings(argv, process.argv.slice(2));
    const { runTraining } = await import("./train/run.ts");
    process.exitCode = await runTraining(settings);
  },
};

function describeTraining(command: Argv): Argv {
  return command
    .usage(usage)
    .positional("env", {
      describe: "the environment, see natgrad list, or a file of your own",
      type: "string",
    })
    .example("natgrad train lqr", "the natural gradient on the scalar regulator")
    .example("natgrad train lqr --agent trpo --kl 0.05 --steps 1e5 --out runs/trpo", "keep the run")
    .example("natgrad train pendulum --env.gravity 9.8", "options of an environment")
    .example(
      "natgrad train --config runs/trpo/config.json --seed 2",
      "a run again, but for its seed",
    )
    .example("natgrad train cartpole --preset sb3", "by the settings of another library")
    .example("natgrad train ./my-environment.ts --agent trpo", "an environment of your own")
    .example("natgrad train lqr --json | jq .relativeGap", "one JSON object per update")
    .epilogue(epilogue);
}
