/** A mistake of the caller: exit code 2 and one message that names the rule, what came and the remedy. */
export class UserError extends Error {
  override readonly name = "UserError";
}

/** Runs `work`; a RangeError, which says that an argument is wrong, becomes a UserError. */
export function blamingInput<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) throw new UserError(error.message, { cause: error });
    throw error;
  }
}

/** What came, in a message: text in quotes, no more than fits a line. */
export function show(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** The code of a failed system call, such as "ENOENT". */
export function systemCode(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}
