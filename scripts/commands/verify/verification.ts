import { type Check, findingsOf, type Part, verifyPart } from "../../../src/index.ts";
import { kindOf, type PartKind } from "./kinds.ts";

/** The checks of one part. */
export interface VerifiedPart {
  readonly name: string;
  readonly kind: PartKind;
  readonly checks: readonly Check[];
}

export interface Verification {
  readonly parts: readonly VerifiedPart[];
  /** Exports that are no part, and were passed over. */
  readonly unrecognised: readonly string[];
  /** Checks that failed. */
  readonly failed: number;
}

/** Parts to verify, by name. */
export interface FoundParts {
  readonly parts: Readonly<Record<string, Part>>;
  readonly unrecognised: readonly string[];
}

export function verification({ parts, unrecognised }: FoundParts): Verification {
  const verified = Object.entries(parts).map(([name, part]): VerifiedPart => ({
    ...{ name, kind: kindOf(part), checks: verifyPart(part) },
  }));
  const failed = verified.reduce((sum, { checks }) => sum + findingsOf(checks).length, 0);
  return { parts: verified, unrecognised, failed };
}
