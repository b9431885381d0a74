/** A column as its owner's table has it, one value a row: boosting needs no preparation. */
export type RawColumn =
  | {
      readonly name: string;
      readonly kind: "number";
      /** NaN stands for a missing value. */
      readonly values: Float64Array;
    }
  | {
      readonly name: string;
      readonly kind: "category";
      /** Indices into `levels`; a negative one stands for a missing value. */
      readonly codes: Int32Array;
      readonly levels: readonly string[];
    };
