import type { CommandModule } from "yargs";

const usage = `natgrad resume DIR [options]

Goes on with a run that natgrad train --out DIR began, from its last checkpoint, bit for bit as if it had
never stopped: its files become those of a run without a break.`;

const epilogue = `A run that was killed loses at most the update that it was in; what its files hold beyond the last
checkpoint is cut off. With --steps a finished run goes on, too. Of a sweep, DIR is the folder of all its runs.`;

export const resumeCommand: CommandModule = {
  command: "resume [dir]",
  describe: "go on with a run that was stopped",
  builder: async (command) => {
    const { resumeOptions } = await import("./resume/settings.ts");
    return command
      .usage(usage)
      .positional("dir", { describe: "the folder of the run, or of a sweep", type: "string" })
      .options(resumeOptions())
      .example("natgrad resume runs/first", "go on to the end that was asked for")
      .example("natgrad resume runs/first --steps 1e6", "go on further")
      .epilogue(epilogue);
  },
  handler: async (argv) => {
    const { isSweep } = await import("./sweep/sweep-folder.ts");
    if (isSweep(argv.dir)) {
      const { readSweepAgain } = await import("./sweep/settings.ts");
      const { runSweep } = await import("./sweep/run.ts");
      process.exitCode = await runSweep(await readSweepAgain(argv.dir, argv));
      return;
    }
    const { readResumed } = await import("./resume/settings.ts");
    const { settings, resumed } = await readResumed(argv);
    const { runTraining } = await import("./train/run.ts");
    process.exitCode = await runTraining(settings, resumed);
  },
};
