import type { LocalReport } from "@moongate/results";

/** A feature matrix in row-major order. */
export interface Features {
  readonly rows: number;
  readonly cols: number;
  readonly values: Float64Array;
}

/** A preparation that was fitted on training rows. */
export interface FittedPreparation {
  /** Names of the prepared columns; they stay on this side. */
  readonly columns: readonly string[];
  /**
   * By column, whether it comes of a number that is the same in most rows: of a wide table such
   * columns enter through a local model alone. By default none does.
   */
  sparse?(): readonly boolean[];
  /** The preparation as plain data, to be kept with the model. */
  readonly document: unknown;
  /** What became of the party's local model; absent where raw columns go in alone. */
  readonly local?: LocalReport | undefined;
  /** Prepared features of rows of the own table, in the order asked for: a stretch at a time. */
  encode(rows: Uint32Array): Features;
}

/** Prepared features of the joint rows in arranged order, encoded when they are asked for. */
export interface ArrangedFeatures {
  readonly cols: number;
  /** Row-major values of the arranged rows from (inclusive) to (exclusive). */
  rows(from: number, to: number): Float64Array;
}

/** The rows of `order` as a fitted preparation encodes them. Nothing is encoded yet. */
export function arrangedFeatures(
  fitted: ScoringData["fitted"],
  order: Uint32Array,
): ArrangedFeatures {
  return {
    cols: fitted.columns.length,
    rows: (from, to) => fitted.encode(order.subarray(from, to)).values,
  };
}

/** What a preparation may know beside its training rows. */
export interface PreparationOptions {
  /**
   * Own row numbers of the joint validation and test rows, which no local model may learn from.
   * Without them it learns from the training rows alone.
   */
  readonly heldOut?: Uint32Array | undefined;
  /** Repeats the training of a local model; public. */
  readonly seed?: string | undefined;
  /** Steps of the training of a local model. */
  readonly onLocal?: ((done: number, total: number) => void) | undefined;
}

/** What a party brings: everything about a table that federation needs, and no more. */
export interface PartyData {
  /** One id a row, as in the table. */
  readonly ids: readonly string[];
  /** Fits the preparation of the features on these rows of the own table. */
  prepare(
    trainRows: Uint32Array,
    options?: PreparationOptions,
  ): FittedPreparation | Promise<FittedPreparation>;
  /** The same table by a preparation that was kept with a model. */
  reopen?(document: unknown): FittedPreparation;
  /** Commerce only: 0/1 a row, by label name. */
  readonly labels?: Readonly<Record<string, Uint8Array>> | undefined;
}

/** What a party brings to a prediction: new rows, prepared as the model's training did it. */
export interface ScoringData {
  /** One id a row, as in the table. */
  readonly ids: readonly string[];
  readonly fitted: Pick<FittedPreparation, "columns" | "encode">;
}
