import { unknownName } from "../../support/nearest.ts";
import { UserError } from "../../support/user-error.ts";

/** What an option says of a task; undefined where it says nothing. */
export type PerTask<T> = (task: string, tasks: readonly string[]) => T | undefined;

/** Reads `--flag 5`, for every task, or `--flag lqr=-2,cartpole=475`. @throws UserError */
export function numberPerTask(flag: string, given: unknown): PerTask<number> {
  const rule = `--${flag} must be a number, or TASK=NUMBER for each task`;
  return perTask(flag, given, rule, numberFrom);
}

/** Reads `--flag 0:500`, or `--flag lqr=-1000:-2,cartpole=0:500`. @throws UserError */
export function rangePerTask(
  flag: string,
  given: unknown,
  { ascending = false } = {},
): PerTask<readonly [number, number]> {
  const kind = ascending ? "two ascending numbers" : "two different numbers";
  const rule = `--${flag} must be ${kind} LOW:HIGH, or TASK=LOW:HIGH for each task`;
  return perTask(flag, given, rule, (text) => {
    const [low, high, ...rest] = text.split(":").map(numberFrom);
    if (low === undefined || high === undefined || rest.length > 0) return undefined;
    return low === high || (ascending && low > high) ? undefined : [low, high];
  });
}

function numberFrom(text: string): number | undefined {
  const value = Number(text);
  return text.trim() === "" || !Number.isFinite(value) ? undefined : value;
}

function perTask<T>(
  flag: string,
  given: unknown,
  rule: string,
  read: (text: string) => T | undefined,
): PerTask<T> {
  if (given === undefined) return () => undefined;
  const refusal = new UserError(
    `${rule}, got ${typeof given === "string" ? given || '""' : "no value"}`,
  );
  if (typeof given !== "string") throw refusal;
  const requireRead = (text: string): T => {
    const value = read(text);
    if (value === undefined) throw refusal;
    return value;
  };
  if (!given.includes("=")) {
    const value = requireRead(given);
    return () => value;
  }
  const values = new Map(
    given.split(",").map((part) => {
      const at = part.lastIndexOf("=");
      return [part.slice(0, Math.max(at, 0)).trim(), requireRead(part.slice(at + 1))];
    }),
  );
  return (task, tasks) => {
    const unknown = [...values.keys()].find((name) => !tasks.includes(name));
    if (unknown !== undefined) {
      throw unknownName("task", unknown, tasks, `--${flag} takes the tasks ${tasks.join(", ")}`);
    }
    return values.get(task);
  };
}
