import { type Contestant, interleave, speedup, type Timing } from "./interleave.ts";
import type { Peer, PeerCase } from "./peer.ts";

/** How many times as fast as the peer we mean to be, with the default build and with turbo. */
export interface Target {
  readonly default: number;
  readonly turbo?: number;
}

/** One line of the bench: the same work done in several ways. */
export interface BenchRow {
  readonly what: string;
  /** Things done by a call of ours: environment steps, rows, products. */
  readonly units: number;
  /** Floating-point operations of a call, by the count of `flops.ts`; 0 where only time matters. */
  readonly flop?: number;
  /** Makes what is timed; buffers live until the row is done. */
  readonly make: () => Contestant[] | Promise<Contestant[]>;
  /** The same work in another library, measured where that is installed. */
  readonly peer?: PeerCase;
  readonly target?: Target;
  /** Seconds per unit of the peer on another machine, not to be compared with ours. */
  readonly elsewhere?: Elsewhere;
  /** What else there is to say of the contestants, asked for after they were timed. */
  readonly note?: () => string;
}

export interface Elsewhere {
  readonly seconds: number;
  readonly what: string;
  readonly machine: string;
}

export interface BenchGroup {
  readonly title: string;
  /** What is printed: the time of a unit, or units per second. */
  readonly show: "time" | "rate";
  /** Names of the contestants, in the order of the columns. */
  readonly columns: readonly string[];
  /** The column that ratios are to. */
  readonly base: string;
  readonly rows: readonly BenchRow[];
}

/** A contestant's figures; `speedup` is over the base, `overPeer` over the peer. */
export interface Figure {
  readonly name: string;
  /** Seconds per unit: median and quartiles. */
  readonly seconds: number;
  readonly low: number;
  readonly high: number;
  readonly gigaflops?: number;
  readonly speedup?: number;
  readonly overPeer?: number;
}

export interface RowResult {
  readonly what: string;
  readonly figures: readonly Figure[];
  /** Seconds per unit of the peer in this run. */
  readonly peer?: { readonly name: string; readonly seconds: number };
  readonly target?: Target;
  readonly elsewhere?: Elsewhere;
  readonly note?: string;
}

/** Measures one row, its peer among the contestants where there is one. */
export async function measureRow(
  row: BenchRow,
  base: string,
  { rounds, peer }: { rounds: number; peer: Peer | undefined },
): Promise<RowResult> {
  const ours = await row.make();
  const theirs = row.peer && peer?.contestant(row.peer);
  const timings = await interleave(theirs ? [...ours, theirs] : ours, rounds);
  const rival = theirs && timings[ours.length];
  const over = timings.find(({ name }) => name === base);
  const figures = timings.slice(0, ours.length).map((timing) => figureOf(row, timing, over, rival));
  const { what, target, elsewhere, note } = row;
  return {
    what,
    figures,
    ...(rival && { peer: { name: rival.name, seconds: rival.median } }),
    ...(target && { target }),
    ...(elsewhere && { elsewhere }),
    ...(note && { note: note() }),
  };
}

function figureOf(
  { units, flop = 0 }: BenchRow,
  timing: Timing,
  base: Timing | undefined,
  rival: Timing | undefined,
): Figure {
  return {
    name: timing.name,
    seconds: timing.median / units,
    low: timing.low / units,
    high: timing.high / units,
    ...(flop > 0 && { gigaflops: flop / timing.median / 1e9 }),
    ...(base && { speedup: speedup(timing, base) }),
    // the peer's times are per unit already
    ...(rival && { overPeer: speedup(timing, rival) * units }),
  };
}
