import type { BenchGroup, Elsewhere, Figure, RowResult } from "./bench.ts";
import { DEFAULT_BUILD } from "./builds.ts";

const WHAT = 46;
const CELL = 25;

/** The title and the names of the columns. */
export function headOf({ title, columns, base, rows }: BenchGroup): string {
  const peers = rows.some(({ peer }) => peer) ? "in this run | elsewhere, not to be compared" : "";
  const names = columns.map((name) => name.padStart(CELL)).join("");
  return `${title}; × is speed over ${base}\n${"".padEnd(WHAT)}${names}   ${peers}`.trimEnd();
}

/** One row: a figure and a ratio per column, then the peer. */
export function lineOf({ show, columns }: BenchGroup, result: RowResult): string {
  const cells = columns.map((name) => {
    const figure = result.figures.find((one) => one.name === name);
    return (figure ? cellOf(figure, show) : "-").padStart(CELL);
  });
  const { what, note = "" } = result;
  return `${what.padEnd(WHAT)}${cells.join("")}   ${peerOf(result, show)}${note}`.trimEnd();
}

function cellOf({ seconds, gigaflops, speedup }: Figure, show: BenchGroup["show"]): string {
  const speed = gigaflops === undefined ? "" : ` ${gigaflops.toFixed(0)} GF`;
  const ratio = speedup === undefined ? "" : ` ×${speedup.toPrecision(2)}`;
  return quantity(seconds, show) + speed + ratio;
}

/** The peer of this run with our ratios to it and the target; what it took elsewhere. */
function peerOf({ figures, peer, target, elsewhere }: RowResult, show: BenchGroup["show"]): string {
  const other = elsewhere ? `| ${elsewhereOf(elsewhere, show)}` : "";
  if (peer === undefined) return other;
  const over = (name: string): Figure | undefined => figures.find((one) => one.name === name);
  const ours = [over(DEFAULT_BUILD) ?? figures[0], over("turbo")];
  const ratios = ours.flatMap((one) => (one?.overPeer ? [`×${one.overPeer.toPrecision(3)}`] : []));
  const goal = target ? ` (target ${[target.default, target.turbo ?? []].flat().join(", ")})` : "";
  return `${peer.name} ${quantity(peer.seconds, show)}: ${ratios.join(", ")}${goal} ${other}`;
}

function elsewhereOf({ seconds, what, machine }: Elsewhere, show: BenchGroup["show"]): string {
  return `${what}: ${quantity(seconds, show)} on ${machine}`;
}

/** A time of a unit, or units per second, in three digits. */
function quantity(seconds: number, show: BenchGroup["show"]): string {
  if (show === "time") {
    if (seconds < 1e-3) return `${(seconds * 1e6).toPrecision(3)} µs`;
    return `${Number((seconds * 1e3).toPrecision(3))} ms`;
  }
  const rate = 1 / seconds;
  return rate >= 1e6 ? `${(rate / 1e6).toPrecision(3)} M/s` : `${(rate / 1e3).toPrecision(3)} k/s`;
}
