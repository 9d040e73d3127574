import type { Argv, CommandModule } from "yargs";

const usage = `natgrad reproduce NAME|all [options]

Runs a published experiment again and writes its figures (SVG and PNG), report.html, and results.json
with every number, settings, seeds and versions, to runs/NAME. A run that was stopped goes on with
the pieces that it had finished. all runs every experiment, as many at a time as there are workers,
and writes an index page to runs/reproductions.html.`;

export const reproduceCommand: CommandModule = {
  command: "reproduce [name]",
  describe: "run a published experiment again, with figures and a report",
  builder: async (command) => {
    const { reproduceOptions } = await import("./reproduce/options.ts");
    return describeReproduction(command).options(reproduceOptions());
  },
  handler: async (argv) => {
    const { ALL, readAll, readReproduction, requireFolder } =
      await import("./reproduce/options.ts");
    if (argv.list === true) {
      const { listReproductions } = await import("./reproduce/list.ts");
      process.stdout.write(listReproductions(requireFolder(argv.out) ?? "runs"));
      return;
    }
    if (argv.name === ALL) {
      const { runAllReproductions } = await import("./reproduce/all.ts");
      process.exitCode = await runAllReproductions(readAll(argv));
      return;
    }
    const settings = readReproduction(argv);
    const { runReproduction } = await import("./reproduce/run.ts");
    process.exitCode = await runReproduction(settings);
  },
};

function describeReproduction(command: Argv): Argv {
  return command
    .usage(usage)
    .positional("name", { describe: "the experiment, see --list, or all", type: "string" })
    .example("natgrad reproduce peters-schaal", "the comparison, about 15 s on two cores")
    .example("natgrad reproduce peters-schaal --quick --out /tmp/look", "a first look")
    .example("natgrad reproduce all --quick", "a first look at everything")
    .example("natgrad reproduce --list", "what there is, and what came out")
    .epilogue("Next: open runs/NAME/report.html in a browser.");
}
