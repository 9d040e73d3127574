import type { Argv, CommandModule } from "yargs";

const usage = `natgrad diagnose DIR [options]

Says what the updates of a run did, from its records alone: residuals of the solves, predicted and measured KL
and gain, damping, rejected steps and why, explained variance of the baseline, entropy, σ, effective sample
size, and how far the gradients of the two halves of a batch agree. Where a number shows trouble, it says so
with the number, the threshold, and what to do. It also reads a run that is still going on.`;

const epilogue = `Entropy, σ, explained variance, effective sample size and the halves are in the records of runs with --out, unless
--no-diagnostics. What a finding calls recent is the last half of the updates, and at least ten.
Next: natgrad compare DIR… sets runs with other options side by side.`;

export const diagnoseCommand: CommandModule = {
  command: "diagnose [run]",
  describe: "what each update of a run did, and what to do where it stalls",
  builder: (command) => describeDiagnosis(command),
  handler: async (argv) => {
    const { readDiagnoseSettings } = await import("./diagnose/settings.ts");
    const settings = readDiagnoseSettings(argv);
    const { runDiagnosis } = await import("./diagnose/run.ts");
    await runDiagnosis(settings, process.argv.slice(2));
  },
};

function describeDiagnosis(command: Argv): Argv {
  const group = "Output:";
  return command
    .usage(usage)
    .positional("run", { describe: "the folder of a run", type: "string" })
    .options({
      last: { describe: "also a line for each of the last N updates", group },
      all: { describe: "also a line for every update", type: "boolean", group },
      out: { describe: "a new folder for the figure, the page and diagnosis.json", group },
      force: { describe: "overwrite an earlier diagnosis in --out", type: "boolean", group },
      json: { describe: "one JSON object with every digit", type: "boolean", group },
    })
    .example("natgrad diagnose runs/first", "summary and advice")
    .example("natgrad diagnose runs/first --last 20", "with the last 20 updates")
    .example("natgrad diagnose runs/first --out runs/first-diagnosis", "with a figure and a page")
    .example("natgrad diagnose runs/first --json | jq .findings", "for programs")
    .epilogue(epilogue);
}
