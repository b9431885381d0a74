import { MoongateError } from "@moongate/errors";
import { type ColumnKind, columnOf, type Table } from "../table/table.ts";
import { encodedNames, featureEncoder } from "./encode-feature.ts";
import { type PreparationDocument, preparationSchema } from "./schema.ts";

/** A matrix of prepared features. */
export interface EncodedFeatures {
  readonly rows: number;
  readonly cols: number;
  /** The names of the columns. */
  readonly names: readonly string[];
  /** rows x cols, row-major, every value within [-4, 4]. */
  readonly values: Float64Array;
}

/** What became of one feature column, for its owner's eyes. */
export interface PreparedColumn {
  readonly name: string;
  /** Columns of the matrix. */
  readonly columns: number;
  /** The encoding, such as "ranks" or "one-hot", or why the column was dropped. */
  readonly how: string;
}

/** A fitted preparation: how a party's own columns become its part of the feature matrix. */
export class Preparation {
  readonly #document: PreparationDocument;
  /** The names of the encoded columns, in order. */
  readonly names: readonly string[];

  constructor(document: PreparationDocument) {
    this.#document = document;
    this.names = document.features.flatMap(encodedNames);
  }

  /** The table's column that each encoded column comes of. */
  get sources(): readonly string[] {
    return this.#document.features.flatMap((feature) =>
      encodedNames(feature).map(() => feature.name),
    );
  }

  /** How many columns the matrix has. */
  get cols(): number {
    return this.names.length;
  }

  /** The kinds of the columns it was fitted on, for `readTable` on rows to be scored. */
  get kinds(): Readonly<Record<string, ColumnKind>> {
    return Object.fromEntries(this.#document.features.map(({ name, kind }) => [name, kind]));
  }

  /**
   * Encodes the given rows of `table` (any table with the same columns), in that order.
   *
   * @throws COLUMN_MISSING, COLUMN_KIND_CHANGED.
   */
  encode(table: Table, rows: Uint32Array): EncodedFeatures {
    return this.encoder(table)(rows);
  }

  /**
   * A function that encodes rows of `table`: for tables that are encoded in many stretches.
   *
   * @throws COLUMN_MISSING, COLUMN_KIND_CHANGED.
   */
  encoder(table: Table): (rows: Uint32Array) => EncodedFeatures {
    const { cols, names } = this;
    let first = 0;
    const encoders = this.#document.features.map((feature) => {
      const encode = featureEncoder(feature, columnOf(table, feature.name));
      const window = { stride: cols, first };
      first += encodedNames(feature).length;
      return { encode, window };
    });
    return (rows) => {
      const values = new Float64Array(rows.length * cols);
      for (const { encode, window } of encoders) encode(rows, { ...window, values });
      return { rows: rows.length, cols, names, values };
    };
  }

  /** What became of each feature column; dropped ones last. */
  describe(): PreparedColumn[] {
    const kept = this.#document.features.map((feature) => ({
      name: feature.name,
      columns: encodedNames(feature).length,
      how:
        feature.encoding.type === "none"
          ? "only whether it is missing: its values are constant"
          : feature.encoding.type +
            (feature.missing ? ", with an indicator of missing values" : "") +
            zeroText(feature.zero?.length),
    }));
    const dropped = this.#document.dropped.map(({ name, reason }) => ({
      name,
      columns: 0,
      how: `dropped: ${reason}`,
    }));
    return [...kept, ...dropped];
  }

  /** Plain data for JSON; `parsePreparation` makes a preparation of it that encodes bit for bit alike. */
  toJSON(): PreparationDocument {
    return this.#document;
  }
}

const zeroText = (count = 0): string =>
  count === 0 ? "" : `; ${count} of its columns zero, being constant on the training rows`;

/**
 * A preparation from its saved document.
 *
 * @throws PREPARATION_INVALID, naming the first wrong field.
 */
export function parsePreparation(document: unknown): Preparation {
  const parsed = preparationSchema.safeParse(document);
  if (parsed.success) return new Preparation(parsed.data);
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "it" : issue.path.join(".");
  const cause = `the saved preparation is not valid: ${where}: ${issue?.message ?? "unknown"}`;
  throw new MoongateError("PREPARATION_INVALID", cause);
}
