import type { Argv, CommandModule } from "yargs";

const usage = `natgrad new environment NAME [options]

Writes NAME.ts, a complete environment with options, documented and ready to change, and NAME.test.ts,
its test for vitest.`;

export const newCommand: CommandModule = {
  command: "new [what] [name]",
  describe: "write an environment of your own to start from",
  builder: (command) => describeNew(command),
  handler: async (argv) => {
    const { writeEnvironment } = await import("./new/environment.ts");
    process.stdout.write(writeEnvironment(argv));
  },
};

function describeNew(command: Argv): Argv {
  return command
    .usage(usage)
    .positional("what", { describe: "environment", type: "string" })
    .positional("name", { describe: "its name, such as pumped-tank", type: "string" })
    .options({
      out: { describe: "the folder for the files", defaultDescription: "here", group: "Output:" },
      force: { describe: "overwrite files of that name", type: "boolean", group: "Output:" },
    })
    .example("natgrad new environment pumped-tank", "pumped-tank.ts and pumped-tank.test.ts")
    .epilogue("Next: natgrad check ./NAME.ts, then natgrad train ./NAME.ts --agent trpo");
}
