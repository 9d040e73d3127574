import { vi } from "vitest";

const TYPED_ARRAYS = ["Float64Array", "Float32Array", "Int32Array", "Uint32Array"] as const;
const COPYING = ["subarray", "slice", "map", "filter"] as const;

/** How many typed arrays `action` makes: by construction, `from`, `of`, or as a view or copy. */
export function typedArraysMade(action: () => void): number {
  let made = 0;
  const views = Object.getPrototypeOf(Float64Array.prototype) as Float64Array;
  const spies = COPYING.map((method) => vi.spyOn(views, method));
  for (const name of TYPED_ARRAYS) {
    const counted = new Proxy(globalThis[name], {
      construct: (target, parameters: unknown[], newTarget) => {
        made++;
        return Reflect.construct(target, parameters, newTarget) as object;
      },
    });
    vi.stubGlobal(name, counted);
  }
  try {
    action();
    return made + spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
  } finally {
    vi.unstubAllGlobals();
    spies.forEach((spy) => {
      spy.mockRestore();
    });
  }
}
