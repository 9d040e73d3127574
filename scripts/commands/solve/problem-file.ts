import * as fs from "node:fs";
import * as z from "zod";
import { type LinearPolicy, lqr, type LqrProblem, stationaryValues } from "../../../envs/index.ts";
import { nearest } from "../../support/nearest.ts";
import { show, systemCode, UserError } from "../../support/user-error.ts";

/** A problem, a policy and what to ask of them. */
export interface ProblemFile {
  readonly name: string | undefined;
  readonly problem: LqrProblem;
  readonly policy: LinearPolicy;
  readonly gamma: number;
  readonly horizon: number | undefined;
}

/** The longest horizon that is solved step by step. */
const LONGEST = 1_000_000;

const shapes = {
  A: "the n × n dynamics matrix, rows of numbers",
  B: "the n × m control matrix, rows of numbers",
  Q: "the n × n cost matrix of the state, rows of numbers",
  R: "the m × m cost matrix of the action, rows of numbers",
  W: "the n × n covariance of the noise, rows of numbers",
  gamma: "a number from 0 to 1",
  horizon: `an integer from 1 to ${LONGEST}`,
  K: "the m × n gain matrix, rows of numbers",
  sigma: "m standard deviations, an array of numbers",
  m0: "the n means of the start, an array of numbers",
  S0: "the n × n covariance of the start, rows of numbers",
} as const;

const numbers = z.array(z.number());
const matrix = z.array(numbers);
const fields = z.object({
  name: z.string().optional(),
  A: matrix,
  B: matrix,
  Q: matrix,
  R: matrix,
  W: matrix.optional(),
  gamma: z.number().gte(0).lte(1),
  horizon: z.number().int().gte(1).lte(LONGEST).optional(),
  K: matrix,
  sigma: numbers,
  m0: numbers.optional(),
  S0: matrix.optional(),
});

/** Fields that a file may hold for its readers. */
const ignored = ["expected", "description", "source"];

/**
 * Reads a problem; W and m0 are 0 and S0 the identity where the file leaves them out.
 *
 * @throws UserError for a file that is missing, not JSON, lacks a field or holds matrices that do
 * not fit.
 */
export function readProblemFile(file: string): ProblemFile {
  const shown = file === "-" ? "stdin" : file;
  const value = parseJson(shown, readText(file));
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UserError(`${shown} must hold a JSON object with A, B, Q, …, got ${show(value)}`);
  }
  requireKnownFields(shown, value);
  const parsed = fields.safeParse(value);
  if (!parsed.success) throw invalidField(shown, value, parsed.error.issues[0]);
  const { name, gamma, horizon, K, sigma, A, B, Q, R, W, m0, S0 } = parsed.data;
  try {
    const given = { A, B, Q, R, ...(W && { W }), ...(m0 && { m0 }), ...(S0 && { S0 }) };
    const { problem } = lqr(given);
    const policy = { K, sigma };
    stationaryValues(problem, policy, gamma);
    return { name, problem, policy, gamma, horizon };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = error.message.replace(/^lqr: /, "");
    throw new UserError(`${shown}: ${message}`, { cause: error });
  }
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    const why = code === "ENOENT" ? "which does not exist" : `which cannot be read (${code})`;
    throw new UserError(
      `--problem must be a JSON file, got ${file}, ${why}; natgrad solve --help shows what it holds`,
      { cause: error },
    );
  }
}

function parseJson(shown: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `${shown} must be JSON, got ${show(text.trim())} (${why}); natgrad solve --help shows an example`,
      { cause: error },
    );
  }
}

function requireKnownFields(shown: string, value: object): void {
  const known = Object.keys(fields.shape);
  const unknown = Object.keys(value).find((key) => ![...known, ...ignored].includes(key));
  if (unknown === undefined) return;
  const guess = nearest(unknown, known);
  const hint = guess === undefined ? "" : `did you mean ${guess}? `;
  throw new UserError(
    `${shown}: no field is named ${show(unknown)}; ${hint}the fields are ${known.join(", ")}`,
  );
}

function invalidField(shown: string, value: object, issue: z.core.$ZodIssue): UserError {
  const [key, ...place] = issue.path as [string, ...number[]];
  const rule = key in shapes ? shapes[key as keyof typeof shapes] : "text";
  const entries = value as Record<string, unknown>;
  if (!(key in entries)) {
    return new UserError(`${shown}: the field ${key} is missing; give ${rule}`);
  }
  let got = entries[key];
  for (const index of place) got = (got as unknown[])[index];
  const at = place.length === 0 ? "" : ` at [${place.join("][")}]`;
  return new UserError(`${shown}: ${key} must be ${rule}, got ${show(got)}${at}`);
}
