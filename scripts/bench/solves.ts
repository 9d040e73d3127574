import { agents, trpo, type TrpoOptions } from "../../agents/index.ts";
import { cartpole, environments } from "../../envs/index.ts";
import {
  conjugateGradient,
  createRandom,
  diagonalFisher,
  direct,
  kernelConjugateGradient,
  kernelFisher,
  kroneckerFisher,
  type LinearOperator,
  mean,
  preconditioned,
  sampleSpaceFisher,
  subsampled,
  train,
  type TrainingRecord,
} from "../../src/index.ts";
import type { BenchGroup, BenchRow } from "./bench.ts";
import { type Contestant, local } from "./interleave.ts";
import { type MeasuredSolve, solveSubject, type SolveSubject, type Way } from "./solve-subjects.ts";

const PLAIN = "plain";
const CHEAPER = "as named";
const STEPS = 2048;
const ITERATIONS = 15;

/** A cheaper solve: by its parts, and by the options of an agent. */
interface Cheaper {
  readonly name: string;
  readonly options: TrpoOptions;
  readonly on: (subject: SolveSubject) => MeasuredSolve;
}

/** New parts for each subject, as a warm start remembers. */
const by =
  <A extends LinearOperator>(make: () => Way<A>): Cheaper["on"] =>
  (subject) =>
    subject.solveBy(make());

const iterating = (options: { tolerance?: number; warmStart?: boolean; iterations?: number }) =>
  by(() => ({
    fisher: kernelFisher(),
    solver: kernelConjugateGradient({ iterations: ITERATIONS, ...options }),
  }));

const plain: Cheaper = { name: "plain", options: {}, on: iterating({}) };
const cheaper: readonly Cheaper[] = [
  ...[0.1, 0.01, 1e-3].map((tolerance) => ({
    name: `tolerance ${tolerance}`,
    options: { tolerance },
    on: iterating({ tolerance }),
  })),
  {
    name: "warm start, tolerance 0.01",
    options: { tolerance: 0.01, warmStart: true },
    on: iterating({ tolerance: 0.01, warmStart: true }),
  },
  { name: "3 iterations", options: { iterations: 3 }, on: iterating({ iterations: 3 }) },
  {
    name: "warm start, 2 iterations",
    options: { iterations: 2, warmStart: true },
    on: iterating({ iterations: 2, warmStart: true }),
  },
  {
    name: "F of every 5th step",
    options: { fisherEvery: 5 },
    on: by(() => ({
      fisher: subsampled(kernelFisher(), { every: 5 }),
      solver: kernelConjugateGradient({ iterations: ITERATIONS }),
    })),
  },
  ...(["kronecker", "diagonal"] as const).map((precondition) => ({
    name: `preconditioned, ${precondition}`,
    options: { precondition, tolerance: 0.01 },
    on: by(() => ({
      fisher: preconditioned(
        kernelFisher(),
        { kronecker: kroneckerFisher, diagonal: diagonalFisher }[precondition](),
      ),
      solver: conjugateGradient({ iterations: ITERATIONS, tolerance: 0.01 }),
    })),
  })),
  {
    name: "sample space, every 16th",
    options: { fisher: "sample-space", fisherEvery: 16 },
    on: by(() => ({
      fisher: subsampled(sampleSpaceFisher(), { every: 16 }),
      solver: direct(),
    })),
  },
  ...(["kronecker", "diagonal"] as const).map((fisher) => ({
    name: fisher,
    options: { fisher },
    on: by(() => ({
      fisher: { kronecker: kroneckerFisher, diagonal: diagonalFisher }[fisher](),
      solver: direct(),
    })),
  })),
];

/** Time, residual and direction of each way on one batch, from the linearised policy to w. */
export function solveGroup(): BenchGroup {
  const subjects = [
    { hidden: [64, 64], damping: 0.1 },
    { hidden: [64, 64], damping: 1e-3 },
    { hidden: [128, 128], damping: 0.1 },
  ];
  return {
    title: `Cheaper solves, one batch of cart-pole, N = ${STEPS}, at most ${ITERATIONS} iterations`,
    show: "time",
    columns: [PLAIN, CHEAPER],
    base: PLAIN,
    rows: subjects.flatMap(({ hidden, damping }) => {
      let made: SolveSubject | undefined;
      const subject = (): SolveSubject => (made ??= solveSubject(hidden, damping));
      const prefix = `${hidden.join("-")}, λ = ${damping}`;
      return [plain, ...cheaper].map((way) => solveRow(`${prefix}: ${way.name}`, way, subject));
    }),
  };
}

function solveRow(what: string, { on }: Cheaper, subject: () => SolveSubject): BenchRow {
  let note = "";
  return {
    what,
    units: 1,
    make: () => {
      const [first, second] = [plain.on(subject()), on(subject())];
      const { iterations } = second.run();
      const [residual, cosine] = [second.residual(), second.cosine()];
      note = `${iterations} iterations, residual ${residual.toExponential(1)}, cosine ${cosine.toFixed(4)}`;
      return [local(PLAIN, () => void first.run()), local(CHEAPER, () => void second.run())];
    },
    note: () => note,
  };
}

/** Time of an update in training, collecting included, and what is learnt. */
export function cheaperLearningGroup(seeds: number): BenchGroup {
  return {
    title: `TRPO on cart-pole by cheaper solves, ${STEPS} steps with their update; returns of ${seeds} seeds`,
    show: "time",
    columns: [PLAIN, CHEAPER],
    base: PLAIN,
    rows: [plain, ...cheaper].map(({ name, options }) => ({
      what: name,
      units: 1,
      make: () => [updatesOf(PLAIN, {}), updatesOf(CHEAPER, options)],
      note: () => learntBy(options, seeds),
    })),
  };
}

/** A run that goes on: 2048 steps and the update after them a call. */
function updatesOf(name: string, options: TrpoOptions): Contestant {
  const updates = runOf(options, 1, Number.MAX_SAFE_INTEGER);
  return local(name, () => void updates.next());
}

function runOf(options: TrpoOptions, seed: number, steps: number): Generator<TrainingRecord> {
  const environment = cartpole();
  const random = createRandom(seed);
  const { shape } = agents.trpo.options;
  const suggests = Object.entries(environments.cartpole.suggests ?? {});
  const suggested = Object.fromEntries(suggests.filter(([key]) => key in shape));
  const agent = trpo(environment, random.split("agent"), { ...suggested, ...options });
  const stepsPerUpdate = STEPS;
  return train({ environment, agent, random: random.split("train"), steps, stepsPerUpdate });
}

/** Mean return over the first 20 updates and over the last five of them, by seed in order of size. */
function learntBy(options: TrpoOptions, seeds: number): string {
  const runs = Array.from({ length: seeds }, (_, seed) =>
    Array.from(runOf(options, seed + 1, 20 * STEPS), ({ meanReturn }) => meanReturn),
  );
  const shown = (of: (returns: number[]) => number[]): string =>
    runs
      .map((returns) => mean(of(returns)))
      .sort((a, b) => a - b)
      .map((value) => value.toFixed(0))
      .join(" ");
  return `mean return ${shown((all) => all)}; last five updates ${shown((all) => all.slice(-5))}`;
}
