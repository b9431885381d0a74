import { at } from "@moongate/errors";
import { binned, type ColumnBins, fitBins } from "./bins.ts";
import { byteAt, doubleAt, wordAt } from "./checked-reads.ts";
import { growTree } from "./grow-tree.ts";
import type { BinnedTable } from "./histogram.ts";
import type { RawColumn } from "./raw-column.ts";
import type { BoostingSettings } from "./settings.ts";
import { type SumsByBin, sumsByBin } from "./sums-by-bin.ts";
import { addTree, type Tree } from "./tree.ts";

/** A trained booster: a row's logit is the start and the sum of what every tree gives it. */
export interface BoostedModel {
  readonly bins: readonly ColumnBins[];
  readonly start: number;
  readonly trees: readonly Tree[];
}

/** Places bins by the values in some rows, and puts every row of the table in them. */
export function binTable(
  columns: readonly RawColumn[],
  rows: Uint32Array,
  { bins: most }: BoostingSettings,
): BinnedTable {
  const bins = columns.map((column) => fitBins(column, rows, binsFor(columns.length, most)));
  return asBinned(columns, bins);
}

/** Puts rows in bins that were placed before. */
function asBinned(columns: readonly RawColumn[], bins: readonly ColumnBins[]): BinnedTable {
  const [first] = columns;
  const rows =
    first === undefined ? 0 : first.kind === "number" ? first.values.length : first.codes.length;
  return { rows, bins, columns: columns.map((column, index) => binned(column, at(bins, index))) };
}

/** A histogram of a wide table stays within this many bins, so that a tree's fit in memory. */
const MOST_BINS = 200_000;
const LEAST_BINS = 8;

const binsFor = (columns: number, most: number): number =>
  Math.min(most, Math.max(LEAST_BINS, Math.floor(MOST_BINS / Math.max(1, columns))));

/**
 * Gradient boosting of one 0/1 label by log-loss, a tree at a time (Friedman 2001, with the second
 * derivatives of XGBoost and the histograms of LightGBM). The start is the logit of the rate of
 * positives. Everything is decided by the rows and the settings; nothing is random.
 */
export class Booster {
  readonly #table: BinnedTable;
  readonly #layout: SumsByBin;
  readonly #rows: Uint32Array;
  readonly #settings: BoostingSettings;
  readonly #labels: Uint8Array;
  readonly start: number;
  readonly trees: Tree[] = [];
  /** The logit of every row of the table, trained on or not. */
  readonly scores: Float64Array;

  /**
   * @param labels 0 or 1, one a row of the table.
   * @param rows those that are trained on.
   */
  constructor(
    table: BinnedTable,
    labels: Uint8Array,
    rows: Uint32Array,
    settings: BoostingSettings,
  ) {
    this.#table = table;
    this.#layout = sumsByBin(table, rows);
    this.#labels = labels;
    this.#rows = rows;
    this.#settings = settings;
    this.start = startOf(labels, rows);
    this.scores = new Float64Array(table.rows).fill(this.start);
  }

  /** Grows one more tree. */
  step(): void {
    const [rows, labels, scores] = [this.#rows, this.#labels, this.scores];
    const gradients = new Float64Array(scores.length);
    const hessians = new Float64Array(scores.length);
    for (let i = 0; i < rows.length; i++) {
      const row = wordAt(rows, i);
      const probability = 1 / (1 + Math.exp(-doubleAt(scores, row)));
      gradients[row] = probability - byteAt(labels, row);
      hessians[row] = probability * (1 - probability);
    }
    const derivatives = { gradients, hessians };
    const tree = growTree(this.#table, this.#layout, derivatives, rows, this.#settings);
    addTree(tree, this.#table.columns, scores);
    this.trees.push(tree);
  }

  /** The model after so many rounds. */
  model(rounds: number): BoostedModel {
    return { bins: this.#table.bins, start: this.start, trees: this.trees.slice(0, rounds) };
  }
}

/** The logit of the rate of positives; one row more of each class keeps it finite. */
function startOf(labels: Uint8Array, rows: Uint32Array): number {
  const positives = rows.reduce((sum, row) => sum + at(labels, row), 0);
  const negatives = rows.length - positives;
  if (positives > 0 && negatives > 0) return Math.log(positives / negatives);
  return Math.log((positives + 1) / (negatives + 1));
}

/** The logits of new rows. @throws RangeError for columns of another kind than those of training. */
export function boostedScores(model: BoostedModel, columns: readonly RawColumn[]): Float64Array {
  return scoresOf(model, asBinned(columns, model.bins));
}

/** The logits of all rows of a table that is in the model's own bins. */
export function scoresOf(model: BoostedModel, table: BinnedTable): Float64Array {
  const scores = new Float64Array(table.rows).fill(model.start);
  for (const tree of model.trees) addTree(tree, table.columns, scores);
  return scores;
}
