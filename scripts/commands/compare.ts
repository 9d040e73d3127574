import type { Argv, CommandModule } from "yargs";

const usage = `natgrad compare DIR… [options]

Compares runs that natgrad train --out wrote. Each DIR is the folder of a run, or holds such folders. Runs
that differ in nothing but the seed are one method, an environment with its options is a task. It prints
  scores        interquartile mean (IQM), mean and median over the runs
  improvement   P(X better): how often a run of X does better than one of Y, ties counted half
  times         environment steps until a run reaches --threshold, and from which on it keeps it
with 95 % bootstrap intervals that resample the runs of each task (Agarwal et al. 2021). With --out it also
draws learning curves and performance profiles, and writes them with all tables as one page.`;

const epilogue = `Intervals need 3 runs or more; of fewer than 10 they are too narrow. Curves are compared at equal
environment steps, as far as all runs of a task go: between two records a run keeps the value of the first.
A time of "never" lies beyond what was compared; a median is one where half of the runs or more never got there.
Next: natgrad evaluate DIR for the policy that a run ended with.`;

export const compareCommand: CommandModule = {
  command: "compare [runs..]",
  describe: "compare runs: learning curves, scores, probability of improvement",
  builder: async (command) => {
    const { compareOptions } = await import("./compare/settings.ts");
    return describeComparison(command).options(compareOptions());
  },
  handler: async (argv) => {
    const { readCompareSettings } = await import("./compare/settings.ts");
    const settings = readCompareSettings(argv);
    const { runComparison } = await import("./compare/run.ts");
    await runComparison(settings, process.argv.slice(2));
  },
};

function describeComparison(command: Argv): Argv {
  return command
    .usage(usage)
    .positional("runs", { describe: "folders of runs, or folders of such folders", type: "string" })
    .example("natgrad compare runs/sweep", "all runs in a folder")
    .example("natgrad compare runs/trpo-* runs/natural-* --threshold 475", "with times")
    .example("natgrad compare runs/lqr --column relativeGap --threshold 0.05", "the exact gap")
    .example(
      "natgrad compare runs --scale lqr=-1000:-2,cartpole=0:500 --out runs/comparison",
      "over all tasks, with figures and a page",
    )
    .example("natgrad compare runs --json | jq .pairs", "for programs")
    .epilogue(epilogue);
}
