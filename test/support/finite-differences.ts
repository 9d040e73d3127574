/** ∇f by central differences. */
export function gradientOf(
  f: (x: Float64Array) => number,
  at: ArrayLike<number>,
  h = 1e-5,
): Float64Array {
  return Float64Array.from({ length: at.length }, (_, i) => {
    const moved = (step: number): Float64Array => {
      const x = Float64Array.from(at);
      x[i] += step;
      return x;
    };
    return (f(moved(h)) - f(moved(-h))) / (2 * h);
  });
}

/** ∂fᵢ/∂xⱼ by central differences, as rows. */
export function jacobianOf(
  f: (x: Float64Array) => Float64Array,
  at: ArrayLike<number>,
  h = 1e-4,
): number[][] {
  const columns = Array.from({ length: at.length }, (_, j) => {
    const moved = (step: number): Float64Array => {
      const x = Float64Array.from(at);
      x[j] += step;
      return f(x).slice();
    };
    const [up, down] = [moved(h), moved(-h)];
    return Array.from(up, (value, i) => (value - down[i]) / (2 * h));
  });
  return columns[0].map((_, i) => columns.map((column) => column[i]));
}

/** ∂²f/∂xᵢ∂xⱼ from four values each. */
export function hessianOf(
  f: (x: Float64Array) => number,
  at: ArrayLike<number>,
  h = 1e-3,
): number[][] {
  const value = (i: number, a: number, j: number, b: number): number => {
    const x = Float64Array.from(at);
    x[i] += a;
    x[j] += b;
    return f(x);
  };
  return Array.from({ length: at.length }, (_, i) =>
    Array.from(
      { length: at.length },
      (_, j) =>
        (value(i, h, j, h) - value(i, h, j, -h) - value(i, -h, j, h) + value(i, -h, j, -h)) /
        (4 * h * h),
    ),
  );
}
