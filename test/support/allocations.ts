import { vi } from "vitest";

const TYPED_ARRAYS = ["Float64Array", "Float32Array", "Int32Array", "Uint32Array"] as const;
const COPYING = ["subarray", "slice", "map", "filter"] as const;

/** How many typed arrays `action` makes: by construction, `from`, `of`, or as a view or copy. */
export function typedArraysMade(action: () => void): number {
  return lengthsOfTypedArraysMade(action).length;
}

/** Their lengths. */
export function lengthsOfTypedArraysMade(action: () => void): number[] {
  const made: number[] = [];
  const views = Object.getPrototypeOf(Float64Array.prototype) as Float64Array;
  const spies = COPYING.map((method) => vi.spyOn(views, method));
  for (const name of TYPED_ARRAYS) {
    const counted = new Proxy(globalThis[name], {
      construct: (target, parameters: unknown[], newTarget) => {
        const array = Reflect.construct(target, parameters, newTarget) as Float64Array;
        made.push(array.length);
        return array;
      },
    });
    vi.stubGlobal(name, counted);
  }
  try {
    action();
    const copies = spies.flatMap(({ mock }) =>
      mock.results.map(({ value }) => (value as Float64Array).length),
    );
    return [...made, ...copies];
  } finally {
    vi.unstubAllGlobals();
    spies.forEach((spy) => {
      spy.mockRestore();
    });
  }
}
