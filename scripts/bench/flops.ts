/** Operations of one product F v and of one gradient. */
export interface Flops {
  readonly product: number;
  readonly gradient: number;
}

/**
 * Operations with activations kept, two for each multiplication, for layers of the given widths: per
 * row and weight, F v takes two products forward and two backward (one each in the first layer), a
 * gradient one forward and two backward (one in the first layer).
 *
 * A fixed measure of useful work: a library that does more for the same result is not credited, nor
 * is the cached Jacobian of a single output, which does less.
 */
export function flopsOf(widths: readonly number[], rows: number): Flops {
  let [inner, all] = [0, 0];
  for (let l = 0; l + 1 < widths.length; l++) {
    const size = widths[l] * widths[l + 1];
    all += size;
    if (l > 0) inner += size;
  }
  return { product: 2 * rows * (2 * all + 2 * inner), gradient: 2 * rows * (2 * all + inner) };
}
