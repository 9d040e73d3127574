import { vi } from "vitest";

const COPYING = ["subarray", "slice", "map", "filter"] as const;

/** How many Float64Arrays, views included, `work` makes. */
export function countFloat64Arrays(work: () => void): number {
  let count = 0;
  const counting = new Proxy(Float64Array, {
    construct: (target, values: unknown[], newTarget) => {
      count++;
      return Reflect.construct(target, values, newTarget) as Float64Array;
    },
  });
  const spies = COPYING.map((method) => vi.spyOn(Float64Array.prototype, method));
  vi.stubGlobal("Float64Array", counting);
  try {
    work();
    return count + spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
  } finally {
    vi.unstubAllGlobals();
    spies.forEach((spy) => spy.mockRestore());
  }
}
