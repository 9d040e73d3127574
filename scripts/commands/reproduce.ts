import type { Argv, CommandModule } from "yargs";

const usage = `natgrad reproduce NAME [options]

Runs a published experiment again and writes its figures (SVG and PNG), report.html, and results.json
with every number, settings, seeds and versions, to runs/NAME.`;

export const reproduceCommand: CommandModule = {
  command: "reproduce [name]",
  describe: "run a published experiment again, with figures and a report",
  builder: async (command) => {
    const { reproduceOptions } = await import("./reproduce/options.ts");
    return describeReproduction(command).options(reproduceOptions());
  },
  handler: async (argv) => {
    if (argv.list === true) {
      const { listReproductions } = await import("./reproduce/list.ts");
      process.stdout.write(listReproductions());
      return;
    }
    const { readReproduction } = await import("./reproduce/options.ts");
    const settings = readReproduction(argv);
    const { runReproduction } = await import("./reproduce/run.ts");
    process.exitCode = await runReproduction(settings);
  },
};

function describeReproduction(command: Argv): Argv {
  return command
    .usage(usage)
    .positional("name", { describe: "the experiment, see --list", type: "string" })
    .example("natgrad reproduce peters-schaal", "the comparison, about 15 s on two cores")
    .example("natgrad reproduce peters-schaal --quick --out /tmp/look", "a first look")
    .example("natgrad reproduce --list", "what there is")
    .epilogue("Next: open runs/NAME/report.html in a browser.");
}
