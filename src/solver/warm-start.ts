import type { Resumable, Saved } from "../math/resumable.ts";
import { firstNonFinite, type Vector } from "../math/vector.ts";
import type { SolveReport } from "./solver.ts";

/** The last solution of a solver, for the next one to start from. */
export interface LastSolution extends Resumable {
  /** It, where there is one of so many numbers. Valid until `keep`. */
  of(size: number): Vector | undefined;
  /** Takes a copy of x, or forgets everything where the solve failed. */
  keep(x: Vector, status: SolveReport["status"]): void;
}

/** Remembers nothing yet; its storage is made when a size first appears. */
export function createLastSolution(): LastSolution {
  let last = new Float64Array(0);
  let known = false;
  return {
    of: (size) => (known && last.length === size ? last : undefined),
    keep: (x, status) => {
      known = status !== "not-positive-definite" && firstNonFinite(x) < 0;
      if (last.length !== x.length) last = new Float64Array(x.length);
      if (known) last.set(x);
    },
    save: () => (known ? last.slice() : null),
    restore: (saved: Saved) => {
      if (saved !== null && !(saved instanceof Float64Array)) {
        throw new RangeError(
          `a warm start must be restored from a vector or null, got ${typeof saved}; give what its save returned`,
        );
      }
      known = saved !== null;
      if (saved !== null) last = saved.slice();
    },
  };
}
