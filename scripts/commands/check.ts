import type { Argv, CommandModule } from "yargs";

const usage = `natgrad check ENV|FILE [options]

Checks an environment against the contract by random actions, and tells how large its observations and
rewards are, how its episodes end, how fast it steps and what a step allocates. Exit code 1 where a rule
is broken, with what was seen and what to do about it.`;

export const checkCommand: CommandModule = {
  command: "check [env]",
  describe: "check an environment, also one of your own",
  builder: async (command) => {
    const { environmentOptions } = await import("../environments/environment-source.ts");
    const { checkOptions } = await import("./check/settings.ts");
    const own = await environmentOptions(process.argv.slice(3));
    return describeCheck(command).options({ ...own, ...checkOptions() });
  },
  handler: async (argv) => {
    const { readCheck } = await import("./check/settings.ts");
    const { examine } = await import("./check/examine.ts");
    const examination = examine(await readCheck(argv));
    if (argv.json === true) {
      const { toJson } = await import("../support/json.ts");
      process.stdout.write(`${toJson(examination)}\n`);
    } else {
      const { examinationText } = await import("./check/text.ts");
      process.stdout.write(examinationText(examination));
    }
    process.exitCode = examination.findings.length > 0 ? 1 : 0;
  },
};

function describeCheck(command: Argv): Argv {
  return command
    .usage(usage)
    .positional("env", {
      describe: "the environment, see natgrad list, or a file of your own",
      type: "string",
    })
    .example("natgrad check ./my-environment.ts", "an environment of your own")
    .example("natgrad check pendulum --env.gravity 9.8 --json", "one JSON object")
    .epilogue("Next: natgrad train ./my-environment.ts; natgrad new environment NAME writes one.");
}
