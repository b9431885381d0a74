import { NO_ROW } from "@moongate/alignment";
import type { RawColumn } from "@moongate/learning";
import type { LocalReport } from "@moongate/results";

/** A feature matrix in row-major order. */
export interface PreparedFeatures {
  readonly rows: number;
  readonly cols: number;
  readonly values: Float64Array;
}

/** A preparation that was fitted on training rows. */
export interface FittedPreparation {
  /** Names of the prepared columns; they stay on this side. */
  readonly columns: readonly string[];
  /**
   * Marks the columns of numbers that are the same in most rows. Such columns of a wide table enter
   * the joint model through a local model alone. Without this method no column is sparse.
   */
  sparse?(): readonly boolean[];
  /** The preparation as plain data, to be kept with the model. */
  readonly document: unknown;
  /** A report on the party's local model; absent where raw columns go in alone. */
  readonly local?: LocalReport | undefined;
  /** Encodes rows of the own table in the given order. Callers ask for a stretch at a time. */
  encode(rows: Uint32Array): PreparedFeatures;
}

/** Prepared features of the joint rows in arranged order, encoded when they are asked for. */
export interface ArrangedFeatures {
  readonly cols: number;
  /** Row-major values of the arranged rows from (inclusive) to (exclusive). */
  rows(from: number, to: number): Float64Array;
}

/**
 * The rows of `order` in a fitted preparation, encoded a stretch at a time when they are asked for.
 * A value is 0 where the preparation gives no finite number: it was fitted on rows that the other
 * party has a say in, so a row that does not fit must not end a session.
 * @param absent stands where the order has no row (NO_ROW); zeros by default.
 */
export function arrangedFeatures(
  fitted: ScoringData["fitted"],
  order: Uint32Array,
  absent?: ArrayLike<number>,
): ArrangedFeatures {
  const cols = fitted.columns.length;
  return {
    cols,
    rows: (from, to) => {
      const wanted = order.subarray(from, to);
      const there = wanted.filter((row) => row !== NO_ROW);
      const encoded = fitted.encode(there).values;
      if (there.length === wanted.length) return encoded.map(finiteOrZero);
      const values = new Float64Array(wanted.length * cols);
      let next = 0;
      wanted.forEach((row, at) => {
        if (row === NO_ROW) values.set(absent ?? [], at * cols);
        else values.set(encoded.subarray(next * cols, ++next * cols), at * cols);
      });
      return values.map(finiteOrZero);
    },
  };
}

/** A value that is finite in single precision too, which networks in the clear compute in; else 0. */
const finiteOrZero = (value: number): number => (Number.isFinite(Math.fround(value)) ? value : 0);

/** The masked protocol takes values below this, at 12 fractional bits. */
const LARGEST_VALUE = 8 - 2 ** -12;

/** The same features cut at ±8, as the masked protocol takes them: for the reason given above. */
export function boundedFeatures(features: ArrangedFeatures): ArrangedFeatures {
  const bounded = (value: number): number =>
    Math.max(-LARGEST_VALUE, Math.min(LARGEST_VALUE, value));
  return {
    cols: features.cols,
    rows: (from, to) => features.rows(from, to).map(bounded),
  };
}

/** Facts beside the training rows that a local model needs. */
export interface LocalModelFacts {
  /**
   * Own row numbers of the joint validation and test rows, which no local model may learn from.
   * Without them it learns from the training rows alone.
   */
  readonly heldOut?: Uint32Array | undefined;
  /** The public seed of a local model's training. */
  readonly seed?: string | undefined;
  /** Receives the progress of a local model's training. */
  readonly onLocal?: ((done: number, total: number) => void) | undefined;
  /** Receives what the owner of the table should know of it; it stays on the own terminal. */
  readonly onNote?: ((text: string) => void) | undefined;
}

/** A party's table, as far as a session needs it. */
export interface PartyData {
  /** What this party is told of its own table; it never leaves the process. */
  readonly report?: OwnReport;
  /** One id a row, as in the table. */
  readonly ids: readonly string[];
  /** Fits the preparation of the features on these rows of the own table. */
  prepare(
    trainRows: Uint32Array,
    options?: LocalModelFacts,
  ): FittedPreparation | Promise<FittedPreparation>;
  /** Prepares the same table by a preparation that was saved with a model. */
  reopen?(document: unknown): FittedPreparation;
  /**
   * The feature columns of these own rows as the table has them, for models that need no
   * preparation. A table that is at hand only in prepared form has no such method.
   */
  rawColumns?(rows: Uint32Array): readonly RawColumn[];
  /** Labels of 0 and 1, one a row, by name; commerce alone has any. */
  readonly labels?: Readonly<Record<string, Uint8Array>> | undefined;
  /** Commerce only: columns of its own that look like consequences of its labels. */
  readonly suspects?: readonly SuspectColumn[] | undefined;
}

/** A column that alone nearly decides a label, and so is likely to be known only after it. */
export interface SuspectColumn {
  readonly label: string;
  readonly column: string;
  /** AUC of the label by this column alone. */
  readonly auc: number;
}

/** What a party is told of its own table. It is printed, and kept in its own run directory alone. */
export interface OwnReport {
  /** Lines to print before a session begins. */
  readonly lines: readonly string[];
  /** The whole as plain data. */
  readonly document: unknown;
  /** A question about the own ids, where so few of the own rows were matched that one is due. */
  readonly doubt?: (matched: number) => string | undefined;
}

/** A party's new rows for a prediction, prepared as the model's training did it. */
export interface ScoringData {
  /** What this party is told of its own table; it never leaves the process. */
  readonly report?: OwnReport;
  /** One id a row, as in the table. */
  readonly ids: readonly string[];
  readonly fitted: Pick<FittedPreparation, "columns" | "encode">;
}
