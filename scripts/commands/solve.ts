import type { CommandModule } from "yargs";
import { unknownName } from "../support/nearest.ts";
import { UserError } from "../support/user-error.ts";

const usage = `natgrad solve lqr --problem FILE [--json]

Everything that is exactly true of a linear policy a ~ N(K s, diag σ²) on
  s′ = A s + B a + w,  w ~ N(0, W),   r = −sᵀQs − aᵀRa,   s₀ ~ N(m0, S0),
over θ = (K row-major, σ): J, its gradient and natural gradient, the Fisher matrix, the state
distribution, the optimum, and the same for a finite horizon and for the average reward.

FILE is JSON (- for stdin): A (n × n), B (n × m), Q (n × n), R (m × m), gamma (0 to 1; 1 is the average
reward), K (m × n), sigma (m numbers), and if need be W (n × n, else 0), m0 (n numbers, else 0),
S0 (n × n, else the identity) and horizon (steps, else no finite-horizon answers). For instance
{"A": [[1]], "B": [[1]], "Q": [[1]], "R": [[1]], "gamma": 0.9, "K": [[-0.5]], "sigma": [0.3]}`;

export const solveCommand: CommandModule = {
  command: "solve [what]",
  describe: "compute exact answers for a linear-quadratic problem",
  builder: (command) =>
    command
      .usage(usage)
      .positional("what", { describe: "lqr", type: "string" })
      .option("problem", { describe: "the JSON file of the problem and the policy" })
      .option("json", { type: "boolean", describe: "one JSON object with every digit" })
      .example("natgrad solve lqr --problem problem.json", "matrices for people")
      .example(
        "natgrad solve lqr --problem problem.json --json | jq .naturalGradient",
        "for programs",
      )
      .epilogue("Next: natgrad train lqr sets these answers beside every estimate of an agent."),
  handler: async ({ what, problem, json }) => {
    requireKind(what);
    if (typeof problem !== "string" || problem === "") {
      throw new UserError("solve lqr needs a problem, got none; give --problem FILE, see --help");
    }
    const { readProblemFile } = await import("./solve/problem-file.ts");
    const { solve } = await import("./solve/solution.ts");
    const solution = solve(readProblemFile(problem));
    if (json === true) {
      const { toJson } = await import("../support/json.ts");
      process.stdout.write(`${toJson(solution)}\n`);
    } else {
      const { solutionText } = await import("./solve/text.ts");
      process.stdout.write(solutionText(solution));
    }
  },
};

function requireKind(what: unknown): void {
  if (what === "lqr") return;
  if (typeof what !== "string") {
    throw new UserError("solve needs a kind of problem, got none; give lqr: natgrad solve lqr");
  }
  throw unknownName("kind of problem", what, ["lqr"], "lqr is the only one");
}
