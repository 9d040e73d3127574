import type { Table } from "../figures/index.ts";

/** What a reproduction is told, and what it works with. */
export interface ReproductionContext {
  /** Paired seeds of its sampled part; 0 where the seed is a setting of the experiment. */
  readonly seeds: number;
  /** Whether to run only enough of it to see that it works. */
  readonly quick: boolean;
  readonly workers: number;
  /** Announces work beyond that of `runAll`, and tells of each piece of it that is done. */
  readonly expect: (pieces: number) => void;
  readonly advance: () => void;
  /**
   * The results of `run(task)` of the module at `url`, in the order of the tasks, on all workers.
   * Tasks and results must be structured-cloneable.
   */
  readonly runAll: <R>(url: URL, tasks: readonly unknown[]) => Promise<R[]>;
  readonly signal: AbortSignal;
}

/**
 * How our number stands to the published or derived one: within the tolerance stated before it was
 * computed, outside it, or not to be decided because the source leaves settings open.
 */
export type Verdict = "agrees" | "differs" | "qualitative";

/** A quantity of the publication beside the same computed independently, and ours. */
export interface Comparison {
  readonly quantity: string;
  /** What the publication prints, and where it was read off. */
  readonly published?: string | number;
  /** From the publication's settings, by code that shares nothing with natgrad. */
  readonly derived?: string | number;
  readonly ours: string | number;
  readonly verdict: Verdict;
  /** What the reader must know to judge it, such as a setting that had to be chosen. */
  readonly note?: string;
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
  /** What the source claims, in one sentence. */
  readonly claim: string;
  /** The table "published | derived | ours". */
  readonly comparisons: readonly Comparison[];
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
