import type { Argv, CommandModule } from "yargs";

const usage = `natgrad compare-fisher ENV|RUN [options]

Sets models F̂ of the Fisher matrix F and ways to solve (F̂ + λI) w = g beside each other, on one batch of
a policy that has been trained for a few updates, or that a run of natgrad train --out ended with. Each direction w is taken as far as α = √(2δ / wᵀFw),
where the exact F predicts a KL of δ. The columns:
  cosine        of w with the exact natural gradient (F + λI)⁻¹g
  model's KL    ½α²wᵀF̂w, what the model itself predicts
  KL            KL(old ‖ new) measured on the batch
  α gᵀw, gain   predicted and measured rise of the surrogate
  iterations    of conjugate gradient, and the residual ‖g − (F̂ + λI)w‖ / ‖g‖
  ms            median time to build the model and solve
  memory        estimate of the buffers of model and solver`;

const epilogue = `Reading it: a model whose own KL is far from δ sees another geometry than the policy's. A measured KL far
from δ, or a gain far below α gᵀw, says that the step leaves the region where F and g hold, which an exact
solve with little damping does sooner than a rough one. Gains compare directions at equal δ.
Every method sees the same batch, g and λ; --seed, --updates and the options of the agent decide them.
Next: natgrad train ENV --fisher kronecker, or --precondition kronecker, to train with one of them.`;

export const compareFisherCommand: CommandModule = {
  command: "compare-fisher [env]",
  describe: "compare models of the Fisher matrix and solvers on one batch",
  builder: async (command) => {
    const { comparisonOptions } = await import("./compare-fisher/settings.ts");
    const { environmentOptions } = await import("../environments/environment-source.ts");
    const own = await environmentOptions(process.argv.slice(3));
    return describeComparison(command).options({ ...own, ...comparisonOptions() });
  },
  handler: async (argv) => {
    const { readComparison } = await import("./compare-fisher/settings.ts");
    const settings = await readComparison(argv);
    const { takeSnapshot } = await import("./compare-fisher/snapshot.ts");
    const { compareMethods } = await import("./compare-fisher/compare.ts");
    const comparison = compareMethods(takeSnapshot(settings), settings);
    if (argv.json === true) {
      const { toJson } = await import("../support/json.ts");
      process.stdout.write(`${toJson(comparison)}\n`);
    } else {
      const { comparisonText } = await import("./compare-fisher/text.ts");
      process.stdout.write(comparisonText(comparison));
    }
  },
};

function describeComparison(command: Argv): Argv {
  return command
    .usage(usage)
    .positional("env", {
      describe: "the environment, see natgrad list, or the folder of a run",
      type: "string",
    })
    .example("natgrad compare-fisher lqr", "three parameters, Cholesky as the reference")
    .example("natgrad compare-fisher cartpole --hidden 64,64", "a perceptron of 4610 parameters")
    .example(
      "natgrad compare-fisher cartpole --hidden 32 --steps-per-update 150",
      "few steps: the solve in sample space applies",
    )
    .example("natgrad compare-fisher runs/first", "the policy that natgrad train --out ended with")
    .example("natgrad compare-fisher lqr --json | jq '.methods[].cosine'", "for programs")
    .epilogue(epilogue);
}
