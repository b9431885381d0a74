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
  /** Prepared features of rows of the own table, in the order asked for. */
  encode(rows: Uint32Array): Features;
}

/** What a party brings: everything about a table that federation needs, and no more. */
export interface PartyData {
  /** One id a row, as in the table. */
  readonly ids: readonly string[];
  /** Fits the preparation of the features on these rows of the own table. */
  prepare(trainRows: Uint32Array): FittedPreparation;
  /** Commerce only: 0/1 a row, by label name. */
  readonly labels?: Readonly<Record<string, Uint8Array>>;
}
