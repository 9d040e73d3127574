import {
  finiteHorizonValues,
  gaussNewtonGain,
  type LqrValues,
  type MatrixRows,
  optimum,
  spectralRadius,
  stationaryValues,
} from "../../../envs/index.ts";
import { blamingInput } from "../../support/user-error.ts";
import type { ProblemFile } from "./problem-file.ts";

/** What is true of a policy; null where it has no value because J = −∞. */
interface Values {
  readonly return: number;
  readonly gradient: readonly number[] | null;
  readonly stateSecondMoment: MatrixRows | null;
  readonly fisher: MatrixRows | null;
  readonly naturalGradient: readonly number[] | null;
}

interface Optimum {
  readonly optimalGain: MatrixRows | null;
  readonly optimalReturn: number;
}

/** Everything that `natgrad solve lqr` prints, under the keys of its JSON. */
export interface Solution extends Values, Optimum {
  readonly name: string | undefined;
  readonly criterion: "discounted return" | "average reward";
  readonly gamma: number;
  readonly horizon: number | null;
  readonly states: number;
  readonly actions: number;
  /** √γ·ρ(A + BK) < 1. */
  readonly stable: boolean;
  /** ρ(A + BK). */
  readonly spectralRadius: number;
  /** One step of policy iteration. */
  readonly gaussNewtonGain: MatrixRows | null;
  readonly finiteHorizonReturn: number | null;
  readonly finiteHorizonGradient: readonly number[] | null;
  readonly finiteHorizonStateSecondMoment: MatrixRows | null;
  readonly finiteHorizonFisher: MatrixRows | null;
  readonly finiteHorizonNaturalGradient: readonly number[] | null;
  /** The same for the average reward; null where ρ(A + BK) ≥ 1. */
  readonly averageReward: (Values & Optimum) | null;
}

/** @throws UserError for numbers so large that the answers overflow. */
export function solve(file: ProblemFile): Solution {
  return blamingInput(() => answers(file));
}

function answers(file: ProblemFile): Solution {
  const { name, problem, policy, gamma, horizon } = file;
  const values = stationaryValues(problem, policy, gamma);
  const average = gamma === 1 ? values : stationaryValues(problem, policy, 1);
  return {
    name,
    criterion: gamma === 1 ? "average reward" : "discounted return",
    gamma,
    horizon: horizon ?? null,
    states: problem.A.length,
    actions: problem.B[0].length,
    stable: values.stable,
    spectralRadius: spectralRadius(problem, policy),
    ...present(values),
    ...optimumOf(file, gamma),
    gaussNewtonGain: values.stable ? gaussNewtonGain(problem, policy, gamma) : null,
    ...finite(file),
    averageReward: average.stable ? { ...present(average), ...optimumOf(file, 1) } : null,
  };
}

function present({ stable, ...values }: LqrValues): Values {
  if (stable) return values;
  return {
    return: values.return,
    gradient: null,
    stateSecondMoment: null,
    fisher: null,
    naturalGradient: null,
  };
}

function optimumOf({ problem }: ProblemFile, gamma: number): Optimum {
  const best = optimum(problem, gamma);
  const exists = best.K.flat().every(Number.isFinite);
  return { optimalGain: exists ? best.K : null, optimalReturn: best.return };
}

type Finite = Pick<Solution, Extract<keyof Solution, `finiteHorizon${string}`>>;

function finite({ problem, policy, gamma, horizon }: ProblemFile): Finite {
  const values =
    horizon === undefined ? undefined : finiteHorizonValues(problem, policy, gamma, horizon);
  return {
    finiteHorizonReturn: values?.return ?? null,
    finiteHorizonGradient: values?.gradient ?? null,
    finiteHorizonStateSecondMoment: values?.stateSecondMoment ?? null,
    finiteHorizonFisher: values?.fisher ?? null,
    finiteHorizonNaturalGradient: values?.naturalGradient ?? null,
  };
}
