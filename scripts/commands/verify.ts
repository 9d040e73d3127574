import type { CommandModule } from "yargs";

const usage = `natgrad verify FILE[#EXPORT]|PART [options]

Holds a distribution, network, Fisher model, solver, step rule, advantage estimator or agent against its
contract: finite differences, moments by quadrature, adjoints, factorisations, known values, bad numbers.
Tells of each check what was measured and which number passes, and of a failure what to do. Exit code 1
where a check fails.

A file exports parts, or functions that make them: each is recognised by its methods. What a part
promises, such as the KL of a step, is said by exporting
  export const verify: Record<string, Part> = { mine: { step: () => myRule(0.01), kl: 0.01 } };
with one of distribution, network, fisher, solver, step, advantage, agent in each entry.`;

export const verifyCommand: CommandModule = {
  command: "verify [part]",
  describe: "verify a distribution, network, Fisher model, solver, step or agent, also your own",
  builder: (command) =>
    command
      .usage(usage)
      .positional("part", {
        describe: "a file of your own, or the name of a part of natgrad",
        type: "string",
      })
      .option("all", { describe: "every part of natgrad", type: "boolean" })
      .option("json", { describe: "one JSON object", type: "boolean", group: "Output:" })
      .example("natgrad verify ./my-policy.ts", "all parts that a file exports")
      .example("natgrad verify ./my-policy.ts#mine --json", "one of them, as JSON")
      .example("natgrad verify conjugateGradient", "a part of natgrad")
      .epilogue("Environments: natgrad check FILE. Parts of natgrad: natgrad verify --all"),
  handler: async ({ part, all, json }) => {
    const { findParts } = await import("./verify/find-parts.ts");
    const { verification } = await import("./verify/verification.ts");
    const result = verification(await findParts(part, all === true));
    if (json === true) {
      const { toJson } = await import("../support/json.ts");
      process.stdout.write(`${toJson(result)}\n`);
    } else {
      const { verificationText } = await import("./verify/text.ts");
      process.stdout.write(verificationText(result));
    }
    process.exitCode = result.failed > 0 ? 1 : 0;
  },
};
