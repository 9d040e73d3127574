/**
 * Advance widths of the printable ASCII characters of Source Sans 3 Regular, in thousandths of an em,
 * from its `hmtx` table. They let text be laid out where there is no browser to measure it.
 */
const advances =
  "200 289 426 497 497 824 609 249 303 303 418 497 249 311 249 350 497 497 497 497 497 497 497 497 497 497 249 249 497 497 497 425 " +
  "847 543 588 571 615 527 494 617 652 263 479 579 486 727 647 664 566 664 569 534 536 645 515 786 513 476 539 303 350 303 497 500 " +
  "542 504 553 456 555 496 292 504 544 246 247 495 255 829 547 542 555 555 347 419 338 544 467 719 446 467 425 303 241 303 497";
const widths = advances.split(" ").map((width) => Number(width) / 1000);

/** The width of a line of text in pixels; characters outside ASCII count as 0.5 em. */
export function textWidth(text: string, fontSize: number): number {
  let sum = 0;
  for (const character of text) sum += widths[character.charCodeAt(0) - 32] ?? 0.5;
  return sum * fontSize;
}

/** Breaks `text` at spaces into lines of at most `width` pixels; a longer word keeps its own line. */
export function wrapText(text: string, width: number, fontSize: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer, fontSize) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

/**
 * The positions nearest to `wanted` (least squares) that are at least `gap` apart, for labels beside
 * line ends: with zᵢ = wantedᵢ − i·gap in ascending order, the isotonic regression of z by pooling
 * adjacent violators.
 */
export function spread(wanted: readonly number[], gap: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b] || a - b);
  const blocks: { mean: number; count: number }[] = [];
  order.forEach((index, rank) => {
    let block = { mean: wanted[index] - rank * gap, count: 1 };
    for (let last = blocks.at(-1); last !== undefined && last.mean > block.mean;) {
      const count = last.count + block.count;
      block = { mean: (last.mean * last.count + block.mean * block.count) / count, count };
      blocks.pop();
      last = blocks.at(-1);
    }
    blocks.push(block);
  });
  const sorted = blocks.flatMap(({ mean, count }) => Array<number>(count).fill(mean));
  const placed = new Array<number>(wanted.length);
  order.forEach((index, rank) => (placed[index] = sorted[rank] + rank * gap));
  return placed;
}
