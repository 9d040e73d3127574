import type { Argv, CommandModule } from "yargs";

const usage = `natgrad compare-estimators ENV [options]

Sets estimators ĝ of the policy gradient beside the exact ∇J of the return J = E Σ γᵗrₜ over an episode, at
one policy and for several numbers of roll-outs M. All see the same episodes, but finite differences play M
of their own under perturbed θ. Where an estimator gives w ≈ F⁻¹∇J, its ĝ is F̂ w. The columns, with 95 %
bootstrap intervals over the repetitions:
  bias        mean of ĝᵀ∇J / ‖∇J‖² − 1, along ∇J: negative where estimates fall short of it
  spread      √(tr Cov ĝ) / ‖∇J‖
  cos ∇J      mean cosine of ĝ with the exact gradient
  cos F⁻¹∇J   mean cosine with the exact natural gradient: by F̂, of F̂⁻¹ĝ with the F̂ of the same
              roll-outs; by F, of F⁻¹ĝ with the exact F
  SNR         E‖ĝ∥‖² / E‖ĝ⊥‖², parallel and perpendicular to ∇J (Roberts & Tedrake 2009)`;

const epilogue = `Reading it: a small SNR says that most of an estimate is noise. A bias that stays as M grows is the
estimator's own, such as that of a critic; one that falls as 1/M that of a baseline from the same roll-outs.
The exact Q is of returns without end, which differ from those of an episode by γ to the power of its length.
Critics are fitted to the batch that they serve.
Next: natgrad reproduce estimators-lqr, or in code naturalGradient({ …, gradient: gpomdp({ discount }) }).`;

export const compareEstimatorsCommand: CommandModule = {
  command: "compare-estimators [env]",
  describe: "compare estimators of the policy gradient with the exact one",
  builder: async (command) => {
    const { estimatorOptions } = await import("./compare-estimators/settings.ts");
    const { environmentOptions } = await import("../environments/environment-source.ts");
    const own = await environmentOptions(process.argv.slice(3));
    return describeCommand(command).options({ ...own, ...estimatorOptions() });
  },
  handler: async (argv) => {
    const { readEstimatorSettings } = await import("./compare-estimators/settings.ts");
    const settings = await readEstimatorSettings(argv);
    const { runComparison } = await import("./compare-estimators/run.ts");
    process.exitCode = await runComparison(settings);
  },
};

function describeCommand(command: Argv): Argv {
  return command
    .usage(usage)
    .positional("env", {
      describe: "an environment whose gradient is known exactly: see natgrad list",
      type: "string",
    })
    .example("natgrad compare-estimators lqr", "at the policy that training starts from")
    .example(
      "natgrad compare-estimators lqr --no-bias --theta -0.5,-1",
      "at a = −0.5 s + N(0, e⁻²)",
    )
    .example(
      "natgrad compare-estimators lqr --estimators gpomdp,critic --rollouts 10,100",
      "two of them, two sizes",
    )
    .example("natgrad compare-estimators lqr --out runs/estimators", "with a figure")
    .example(
      "natgrad compare-estimators lqr --json | jq '.lines[] | [.estimator, .quality.snr.value]'",
      "for programs",
    )
    .epilogue(epilogue);
}
