import type { Table } from "../figures/index.ts";

/** What a reproduction is told. */
export interface ReproductionContext {
  /** Paired seeds of its sampled part. */
  readonly seeds: number;
  /** Whether to run only enough of it to see that it works. */
  readonly quick: boolean;
  readonly workers: number;
  /** Told how much there is to do, then after each piece of work. */
  readonly expect: (pieces: number) => void;
  readonly advance: () => void;
  readonly signal: AbortSignal;
}

/** One figure: the stem of its files, and how it is drawn. */
export interface ReproductionFigure {
  readonly name: string;
  readonly draw: (document: Document) => SVGSVGElement;
}

/** A part of the report: one sentence on what the figure or table shows. */
export interface ReproductionSection {
  readonly heading: string;
  readonly sentence: string;
  readonly figure?: ReproductionFigure;
  readonly table?: Table;
}

export interface ReproductionResult {
  readonly title: string;
  readonly lead: string;
  readonly sections: readonly ReproductionSection[];
  /** Shown at the end of the report. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** Every number, as JSON for `results.json`. */
  readonly numbers: Readonly<Record<string, unknown>>;
  /** Lines for the terminal. */
  readonly summary: readonly string[];
}

/** A published experiment that natgrad can run again. */
export interface Reproduction {
  readonly name: string;
  /** One line. */
  readonly summary: string;
  /** The publication. */
  readonly source: string;
  readonly run: (context: ReproductionContext) => Promise<ReproductionResult>;
}
