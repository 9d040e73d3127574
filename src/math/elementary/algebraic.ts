/**
 * xⁿ for an integer n ≥ 0, by squaring; each of up to n − 1 factors may add half a unit of the last place.
 */
export function power(x: number, n: number): number {
  let result = 1;
  let square = x;
  for (let left = n; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}

/** √(x² + y²), where the squares may overflow or underflow. */
export function hypot(x: number, y: number): number {
  const long = Math.max(Math.abs(x), Math.abs(y));
  if (long === 0 || long === Infinity) return long;
  const short = Math.min(Math.abs(x), Math.abs(y)) / long;
  return long * Math.sqrt(1 + short * short);
}
