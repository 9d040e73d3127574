import type { CommandModule } from "yargs";

export const listCommand: CommandModule = {
  command: "list",
  describe: "list the environments and the agents",
  builder: (command) =>
    command
      .usage("natgrad list [--json]\n\nLists the environments and the agents, one line each.")
      .option("json", { type: "boolean", describe: "one JSON object, with each agent's options" })
      .example("natgrad list", "what there is")
      .example("natgrad list --json | jq '.agents[].name'", "the same for a program")
      .epilogue("Next: natgrad train lqr --agent natural; its options: natgrad train --help"),
  handler: async ({ json }) => {
    const { catalogue, catalogueText } = await import("./list/catalogue.ts");
    const { toJson } = await import("../support/json.ts");
    const listed = catalogue();
    process.stdout.write(json === true ? `${toJson(listed)}\n` : catalogueText(listed));
  },
};
