import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { readProblemFile } from "../../scripts/commands/solve/problem-file.ts";
import { UserError } from "../../scripts/support/user-error.ts";
import { emptyFolder, natgrad } from "./cli.ts";

/** Each line: what is typed, and what the message must say. */
const mistakes: [string, RegExp][] = [
  ["tarin lqr", /no command is named tarin; did you mean train\?/],
  ["train", /needs an environment, got none; give a file such as/],
  ["train lqrr", /no environment is named lqrr; did you mean lqr\?/],
  ["train lqr --agent natral", /no agent is named natral; did you mean natural\?/],
  [
    "train lqr --steps-per-updat 9",
    /no option is named --steps-per-updat; did you mean --steps-per-update\?/,
  ],
  ["train lqr --steps abc", /--steps must be a positive integer, got abc; leave it out for/],
  ["train lqr --steps -5", /--steps must be a positive integer, got -5/],
  ["train lqr --steps=", /--steps must be a positive integer, got ""/],
  ["train lqr --steps 1e400", /--steps must be a positive integer, got 1e400/],
  ["train lqr --kl NaN", /--kl must be a positive number, got NaN/],
  ["train lqr --kl", /--kl must be a positive number, got no value/],
  ["train lqr --discount 1.5", /--discount must lie in \[0, 1\], got 1\.5/],
  ["train lqr --seed 1.5", /--seed must be an integer of at least 0, got 1\.5/],
  ["train lqr --bias=maybe", /--bias must be true or false, got maybe; give --bias or --no-bias/],
  ["train lqr extra", /takes no further argument, got extra/],
  ["train lqr --step-size 1", /--step-size is an option of vanilla, got it with --agent natural/],
  [
    "train lqr --agent vanilla --kl 1",
    /--kl is an option of natural, trpo, enac and nac, got it with --agent vanilla/,
  ],
  ["train lqr --environments 3", /must be a multiple of --environments, got 2000 and 3/],
  ["train cartpole --hidden 64,x", /--hidden must be positive integers, got 64,x/],
  ["train cartpole --hidden 8 --no-bias", /--no-bias needs --hidden none, .* got --hidden 8; give/],
  ["train cartpole --no-bias", /--no-bias needs .* got --hidden 64,64, which cartpole suggests; /],
  ["train cartpole --state-std", /--state-std must .* the discrete actions of cartpole/],
  ["train lqr --min-std 2 --max-std 1", /minStd must be at least 0 and below maxStd/],
  ["train cartpole --log-std 1", /--log-std must .* got it with the discrete actions of cartpole/],
  ["train lqr --kl 0.1 --kl=0.2", /--kl must be given once, got --kl and --kl=0\.2; leave one out/],
  [
    "train cartpole-linear --bias --hidden 8",
    /--gain must be none with hidden layers, got 3,9,-100,-30, which cartpole-linear suggests, and --hidden 8; give --gain none/,
  ],
  [
    "train lqr --gain 1,2",
    /initial must hold 1 finite numbers, W row by row, or none, got \[1, 2\]/,
  ],
  ["train lqr --bias --no-bias", /--bias must be given once, got --bias and --no-bias/],
  [
    "train lqr --fisher-every 2001",
    /--fisher-every must be at most --steps-per-update, got 2001 and/,
  ],
  [
    "train cartpole --hidden 100000,100000",
    /--hidden must hold sizes of at most 16384, got 100000/,
  ],
  [
    "train cartpole --hidden 4096,4096",
    /must give a policy of at most 10000000 parameters, got 168/,
  ],
  [
    "train cartpole --hidden 9999 --steps-per-update 1000000",
    /--steps-per-update times the sizes of --hidden must be at most 250000000, got 9999000000/,
  ],
  [
    "train lqr --environments 1e7 --steps-per-update 1e6",
    /must be an integer from 1 to 100000, got 1e7/,
  ],
  ["train lqr --steps-per-update 1e7", /must be an integer from 1 to 1000000, got 1e7/],
  [
    "--seed 1 train lqr",
    /the command comes first, got --seed before it; give natgrad train … --seed/,
  ],
  ["--seed 1", /the command comes first, got --seed/],
  [
    "train lqr --fisher kfac",
    /--fisher must be one of auto, exact, empirical, kronecker, diagonal, sample-space, got/,
  ],
  [
    "train lqr --fisher diagonal --precondition kronecker",
    /precondition must be none where fisher solves with itself, got kronecker with fisher diagonal/,
  ],
  [
    "train lqr --agent trpo --warm-start",
    /warmStart must be false where fisher solves with itself, got true with fisher auto/,
  ],
  ["train cartpole --tolerance 1", /--tolerance must be at least 0 and below 1, got 1/],
  ["compare-fisher", /compare-fisher needs an environment, got none; give a file such as/],
  ["compare-fisher lqr --updates -1", /--updates must be an integer of at least 0, got -1/],
  ["compare-fisher lqr --steps-per-update 1", /--steps-per-update must be an integer from 2 to/],
  ["compare-fisher lqr --fisher-every 3000", /--fisher-every must be at most --steps-per-update/],
  ["compare-fisher cartpole --log-std 1", /--log-std must belong to actions with a spread/],
  ["compare-fisher lqr --agent vanilla --kl 1", /--kl is an option of natural, trpo, enac and nac/],
  ["compare-estimators", /compare-estimators needs an environment, got none; give a file such as/],
  ["compare-estimators cartpole", /gradient is known exactly, got cartpole; give lqr or double-/],
  ["compare-estimators lqr --estimators gpomd", /no estimator is named gpomd; did you mean gpomdp/],
  ["compare-estimators lqr --estimators", /--estimators must name estimators, got no value; give/],
  [
    "compare-estimators lqr --theta 1,2",
    /--theta must have the 3 parameters of the policy, got 2;/,
  ],
  ["compare-estimators lqr --theta 1,x,2", /--theta must be numbers, such as .*, got 1,x,2/],
  ["compare-estimators lqr --rollouts 1", /--rollouts must be integers from 2 to 100000, such as/],
  ["compare-estimators lqr --repetitions 3", /--repetitions must be an integer from 10 to 100000/],
  ["compare-estimators lqr --scale 0", /--scale must be positive, got 0/],
  ["compare-estimators lqr --out", /--out must name a folder, got no value/],
  ["compare missing", /needs folders of runs, got missing, which does not exist; give those of/],
  ["compare . --column", /--column must name a column, got no value; leave it out for meanReturn/],
  ["compare . --last 2", /--last must lie in \[0, 1\], got 2; leave it out for 0\.1/],
  ["compare . --threshold 1:2", /--threshold must be a number, or TASK=NUMBER for each task, got/],
  [
    "evaluate missing",
    /needs the folder of a run, got missing, which does not exist; check the path/,
  ],
  [
    "evaluate . --episodes 0",
    /--episodes must be an integer from 1 to 1000000, got 0; leave it out for 100/,
  ],
  ["solve lqr", /needs a problem, got none; give --problem FILE/],
  ["solve lqr --problem missing.json", /got missing\.json, which does not exist/],
  ["solve mdp --problem x", /no kind of problem is named mdp/],
];

describe("a mistake exits 2 with one message and writes nothing", () => {
  it.concurrent.for(mistakes)("natgrad %s", async ([line, message], context) => {
    const folder = emptyFolder(context.onTestFinished);
    const args = line.split(" ");
    if (args[0] === "train") args.push("--out", "run");
    const { code, stdout, stderr } = await natgrad(args, folder);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect({ code, stdout, files: fs.readdirSync(folder) }).toEqual({
      code: 2,
      stdout: "",
      files: [],
    });
  });
});

describe("the output folder", () => {
  it("may not hold files, unless --force, which leaves foreign files alone", async () => {
    const folder = emptyFolder();
    fs.mkdirSync(`${folder}/run`);
    fs.writeFileSync(`${folder}/run/notes.txt`, "mine");
    fs.writeFileSync(`${folder}/run/policy.json`, "of an earlier run");
    const args = ["train", "lqr", "--steps", "2000", "--episodes", "5", "--out", "run"];
    const refused = await natgrad(args, folder);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/new or empty folder, got run, which holds notes\.txt.*--force/);
    expect(fs.readFileSync(`${folder}/run/policy.json`, "utf8")).toBe("of an earlier run");
    expect((await natgrad([...args, "--force"], folder)).code).toBe(0);
    expect(fs.readFileSync(`${folder}/run/notes.txt`, "utf8")).toBe("mine");
    expect(fs.readdirSync(`${folder}/run`).sort()).toEqual([
      ...["checkpoints", "config.json", "evaluation.json", "events.out.tfevents.natgrad"],
      ...["notes.txt", "policy.json", "progress.csv", "progress.jsonl"],
    ]);
  });

  it.runIf(fs.existsSync("/proc/self"))("may not be where no folder can be made", async () => {
    const { code, stderr } = await natgrad(["train", "lqr", "--out", "/proc/foo/bar"]);
    expect(stderr).toMatch(
      /must be a folder that can be written, got \/proc\/foo\/bar \(no folder/,
    );
    expect(code).toBe(2);
  });

  it("may not be a file or lie inside one", async () => {
    const folder = emptyFolder();
    fs.writeFileSync(`${folder}/taken`, "mine");
    for (const out of ["taken", "taken/run"]) {
      const { code, stderr } = await natgrad(["train", "lqr", "--out", out], folder);
      expect(code).toBe(2);
      expect(stderr).toMatch(/--out must be a folder that can be written/);
    }
    expect(fs.readdirSync(folder)).toEqual(["taken"]);
  });
});

const scalar = { A: [[1]], B: [[1]], Q: [[1]], R: [[1]], gamma: 0.9, K: [[-0.5]], sigma: [0.3] };

/** Each: what is changed in a sound problem, and what the message must say. */
const problems: [string, RegExp][] = [
  ["{", /must be JSON/],
  ["[1]", /must hold a JSON object/],
  [JSON.stringify({ ...scalar, R: undefined }), /field R is missing; give the m × m cost matrix/],
  [JSON.stringify({ ...scalar, gama: 1 }), /no field is named "gama"; did you mean gamma\?/],
  [JSON.stringify({ ...scalar, K: [[1, 2]] }), /K must be 1 × 1 .* got 1 × 2/],
  [
    JSON.stringify({ ...scalar, A: [["x"]] }),
    /A must be the n × n dynamics matrix.* got "x" at \[0\]\[0\]/,
  ],
  [JSON.stringify({ ...scalar, Q: [[-1]] }), /Q must be positive semidefinite/],
  [
    JSON.stringify({ ...scalar, Q: [[1e308]] }),
    /Q must hold numbers below 1e\+100 .*got 1e\+308 in row 0/,
  ],
  [JSON.stringify({ ...scalar, A: [[1e200]] }), /A must hold numbers below 1e\+100/],
  [JSON.stringify({ ...scalar, K: [[-1e100]] }), /K must hold numbers below 1e\+100/],
  [JSON.stringify({ ...scalar, S0: [[1, 2]] }), /S0 must be 1 × 1/],
  [JSON.stringify({ ...scalar, gamma: 1.5 }), /gamma must be a number from 0 to 1, got 1\.5/],
  [JSON.stringify({ ...scalar, horizon: 0 }), /horizon must be an integer from 1/],
];

describe("a problem file that will not do", () => {
  it.each(problems)("%s is refused with the reason", (text, message) => {
    const file = path.join(emptyFolder(), "problem.json");
    fs.writeFileSync(file, text);
    expect(() => readProblemFile(file)).toThrow(UserError);
    expect(() => readProblemFile(file)).toThrow(message);
  });

  it("is refused where products of numbers below that overflow", async () => {
    const problem = JSON.stringify({
      ...scalar,
      A: [[0]],
      B: [[1e99]],
      R: [[1e99]],
      K: [[0]],
      Q: [[1e99]],
    });
    const args = ["solve", "lqr", "--problem", "-"];
    const { code, stderr } = await natgrad(args, "/", problem);
    expect(stderr).toMatch(
      /^natgrad: lqr: products of the matrices must stay below .*; choose other units\n$/,
    );
    expect(code).toBe(2);
  });

  it("exits 2 and prints nothing else", async () => {
    const { code, stdout, stderr } = await natgrad(["solve", "lqr", "--problem", "-"], "/", "{}");
    expect(stderr).toMatch(/^natgrad: stdin: the field A is missing; give the n × n .*\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});
