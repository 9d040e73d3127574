import type { Axis } from "./panel.ts";

/** Ticks with numbers: the given ones, whole powers of ten, or about six round numbers. */
export function labelled(axis: Axis): number[] {
  if (axis.ticks !== undefined) return [...axis.ticks];
  if (axis.type !== "log") return roundTicks(axis.domain, 6);
  const [low, high] = decades(axis.domain);
  const every = Math.ceil((high - low + 1) / 10);
  return multiples(low, high, [1], axis.domain).filter(
    (tick) => Math.round(Math.log10(tick)) % every === 0,
  );
}

/** Short ticks without numbers, on a logarithmic axis of few decades. */
export function unlabelled(axis: Axis): number[] {
  if (axis.type !== "log" || axis.ticks !== undefined) return [];
  const [low, high] = decades(axis.domain);
  return multiples(low, high, high - low > 9 ? [1] : [2, 3, 4, 5, 6, 7, 8, 9], axis.domain);
}

const decades = ([low, high]: readonly [number, number]): [number, number] => [
  Math.floor(Math.log10(low) + 1e-9),
  Math.ceil(Math.log10(high) - 1e-9),
];

function multiples(
  low: number,
  high: number,
  factors: readonly number[],
  [from, to]: readonly [number, number],
): number[] {
  const all: number[] = [];
  for (let power = low; power <= high; power++) {
    for (const factor of factors) all.push(Number(`${factor}e${power}`));
  }
  return all.filter((tick) => tick >= from * (1 - 1e-9) && tick <= to * (1 + 1e-9));
}

/** About `count` multiples of 1, 2 or 5 times a power of ten inside `domain`. */
export function roundTicks([low, high]: readonly [number, number], count: number): number[] {
  const raw = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= raw * 0.7);
  const unit = step ?? raw;
  const ticks: number[] = [];
  for (let i = Math.ceil(low / unit - 1e-9); i <= Math.floor(high / unit + 1e-9); i++) {
    ticks.push(Number((i * unit).toPrecision(12)));
  }
  return ticks;
}

/** The smallest range with ends at 1 or 3 times a power of ten that leaves positive `values` some air. */
export function logDomain(values: readonly number[]): [number, number] {
  const air = 1.08;
  const least = Math.min(...values) / air;
  const most = Math.max(...values) * air;
  const ends = (value: number): number[] => {
    const power = Math.floor(Math.log10(value));
    return ["1", "3", "10", "30"].map((factor) => Number(`${factor}e${power}`));
  };
  const low = ends(least).filter((end) => end <= least);
  return [Math.max(...low), Math.min(...ends(most).filter((end) => end >= most))];
}

/** The range of `values`, widened to round numbers. */
export function roundDomain(values: readonly number[]): [number, number] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const air = least === most ? Math.abs(least) || 1 : 0;
  const [low, high] = [least - air, most + air];
  const ticks = roundTicks([low, high], 6);
  const unit = ticks.length > 1 ? ticks[1] - ticks[0] : high - low;
  const outwards = (value: number, round: (x: number) => number): number =>
    Number((round(Number((value / unit).toPrecision(9))) * unit).toPrecision(12));
  return [outwards(low, Math.floor), outwards(high, Math.ceil)];
}
