import type { ResidentSpace } from "../linear/resident.ts";
import type { Pointer } from "../network/kernels/exports.ts";
import { gather, spread } from "../network/kernels/layout.ts";
import type { Plan } from "../network/kernels/plan.ts";

/** Vectors of a plan's layout in the memory of its machine, with `constants` more numbers behind. */
export interface KernelSpace extends ResidentSpace {
  /** Where the constants lie in a vector, in numbers. */
  readonly tail: number;
}

/** θ = (those of the network, the constants) as padded float32 vectors; a handle is a pointer. */
export function kernelSpace({ machine, layout }: Plan, constants: number): KernelSpace {
  const { kernels } = machine;
  const { count, length: tail } = layout;
  const bytes = 4 * (tail + Math.ceil(constants / 16) * 16);
  let projections = { place: 0, capacity: 0 };

  /** Room for `count` pairs of a vector and its product, sixteen bytes each. */
  const placeFor = (count: number): Pointer => {
    if (count > projections.capacity) {
      projections = { place: machine.allocate(16 * count), capacity: count };
    }
    return projections.place;
  };
  return {
    tail,
    allocate: () => machine.allocate(bytes),
    load: (v, s, x) => {
      const { f32 } = machine;
      spread(layout, v, s, f32, x / 4);
      for (let k = 0; k < constants; k++) f32[x / 4 + tail + k] = s * v[count + k];
    },
    store: (x, s, v) => {
      const { f32 } = machine;
      gather(layout, f32, x / 4, s, v);
      for (let k = 0; k < constants; k++) v[count + k] = s * f32[x / 4 + tail + k];
      machine.settle();
    },
    dot: (x, y) => kernels.dot(bytes, x, y),
    scaled: (s, x, out) => kernels.scaled(bytes, s, x, out),
    sumScaled: (x, alpha, y, out) => kernels.sumScaled(bytes, x, alpha, y, out),
    orthogonalise: (x, basis, count) => {
      const place = placeFor(basis.length);
      for (let j = 0; j < count; j++) machine.i32[place / 4 + 4 * j] = basis[j];
      kernels.orthogonalise(bytes, place, count, x);
    },
  };
}
