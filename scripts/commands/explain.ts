import type { CommandModule } from "yargs";

const usage = `natgrad explain [OPTION] [--json]

Explains an option of natgrad train: what it is, the values it takes, its default for each agent, which
environments suggest another, what the presets set, and its key in a configuration file.
Without an option, lists all.`;

const own = ["json", "json-schema", "preset", "help", "version"];

/** `natgrad explain --kl` as `natgrad explain kl`, which the parser would take for an option of its own. */
export function withPlainNames(args: readonly string[]): string[] {
  if (args[0] !== "explain") return [...args];
  return args.map((arg) => {
    const [flag] = arg.replace(/^--/, "").split("=");
    return arg.startsWith("--") && !own.includes(flag) ? flag : arg;
  });
}

export const explainCommand: CommandModule = {
  command: "explain [option]",
  describe: "explain an option of a run, or a preset",
  builder: (command) =>
    command
      .usage(usage)
      .positional("option", { describe: "its flag or its key in a file", type: "string" })
      .option("preset", { describe: "explain a preset instead, and what it cannot set" })
      .option("json-schema", {
        type: "boolean",
        describe: "print the JSON Schema of a configuration file",
      })
      .option("json", { type: "boolean", describe: "one JSON object" })
      .example("natgrad explain kl", "δ of natural, trpo, enac and nac")
      .example("natgrad explain env.gravity", "an option of an environment")
      .example("natgrad explain --preset sb3", "what sb3-contrib sets, and what it does otherwise")
      .epilogue("Next: natgrad train --config FILE, with the keys that are told here"),
  handler: async (argv) => {
    const { explanation } = await import("./explain/explanation.ts");
    process.stdout.write(explanation(argv));
  },
};
