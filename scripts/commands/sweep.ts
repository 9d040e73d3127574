import type { Argv, CommandModule } from "yargs";

const usage = `natgrad sweep ENV --grid.NAME VALUES … --out DIR [options]

Trains every combination of the values of a grid with the same seeds, one run a core. --grid.NAME takes the
values of --NAME of natgrad train, of the agent, of the policy, of the environment (--grid.env.NAME), or of
what is put around it:
  --grid.agent trpo,natural --grid.kl 0.01,0.03      commas separate values
  --grid.hidden "64,64;32;none"                      semicolons do where a value is a list itself
All other options are those of natgrad train and hold for all runs. Where agents are compared, an option that
an agent does not have is left out for it.`;

const epilogue = `DIR/trpo kl=0.01/seed-3 is the folder of a run, with the very files and bits of natgrad train --out with its
options: natgrad evaluate, resume and compare take it. sweep.json holds the grid.
The same command, or natgrad resume DIR, goes on with a sweep that was stopped or killed: finished runs are kept,
begun ones go on from their last checkpoint. More values of the same options and more --seeds extend it.
A run that fails does not stop the others; it is told of at the end, with exit code 1.
Next: natgrad compare DIR for learning curves, scores and probabilities of improvement.`;

export const sweepCommand: CommandModule = {
  command: "sweep [env]",
  describe: "train a grid of options with paired seeds over the cores",
  builder: async (command) => {
    const { sweepOptions } = await import("./sweep/options.ts");
    const { environmentOptions } = await import("../environments/environment-source.ts");
    const own = await environmentOptions(process.argv.slice(3));
    return describeSweep(command).options(sweepOptions(own));
  },
  handler: async (argv) => {
    const { readSweep } = await import("./sweep/settings.ts");
    const settings = await readSweep(argv, process.argv.slice(2));
    const { runSweep } = await import("./sweep/run.ts");
    process.exitCode = await runSweep(settings);
  },
};

function describeSweep(command: Argv): Argv {
  return command
    .usage(usage)
    .positional("env", {
      describe: "the environment, see natgrad list, or a file of your own",
      type: "string",
    })
    .example(
      "natgrad sweep cartpole --grid.agent trpo,natural --grid.kl 0.01,0.03 --steps 1e5 --out runs/sweep",
      "4 combinations, 10 seeds each",
    )
    .example(
      'natgrad sweep pendulum --agent trpo --grid.hidden "64,64;32" --grid.env.gravity 9.8,1.6 --seeds 5 --out runs/g',
      "lists, and options of an environment",
    )
    .epilogue(epilogue);
}
