import { type Arrangement, NO_ROW } from "@moongate/alignment";
import { at } from "@moongate/errors";
import type { FittedPreparation } from "./data.ts";

/**
 * The joint rows as one party has them. Under hidden alignment they are slots: `order` has NO_ROW
 * where the party has none, and `overlap` is what the coordinator announced.
 */
export interface JointArrangement extends Arrangement {
  readonly overlap?: number | undefined;
}

/** The party's own rows of the joint ones, in their order: all of them, unless they are slots. */
export function ownArrangement({ order, train, validation, test }: JointArrangement): Arrangement {
  const own = (from: number, count: number): Uint32Array =>
    order.subarray(from, from + count).filter((row) => row !== NO_ROW);
  const parts = [own(0, train), own(train, validation), own(train + validation, test)] as const;
  return {
    order: ownRowsIn(order),
    train: parts[0].length,
    validation: parts[1].length,
    test: parts[2].length,
  };
}

/** The party's slots: 1 where it has a row; undefined where rows are no slots. */
export function ownSlots({ order, overlap }: JointArrangement): Uint8Array | undefined {
  return overlap === undefined ? undefined : occupied(order);
}

/** The own rows of an order of slots. */
export const ownRowsIn = (order: Uint32Array): Uint32Array => order.filter((row) => row !== NO_ROW);

export const occupied = (order: Uint32Array): Uint8Array =>
  Uint8Array.from(order, (row) => (row === NO_ROW ? 0 : 1));

/** Rows that are encoded at once. */
const STRETCH = 4096;

/** The mean of the prepared rows: it stands for a user that the party does not have. */
export function meanRow(
  fitted: Pick<FittedPreparation, "columns" | "encode">,
  rows: Uint32Array,
): Float64Array {
  const mean = new Float64Array(fitted.columns.length);
  for (let from = 0; from < rows.length; from += STRETCH) {
    const { values, cols } = fitted.encode(rows.subarray(from, from + STRETCH));
    values.forEach((value, index) => {
      const col = index % cols;
      mean[col] = at(mean, col) + value / rows.length;
    });
  }
  return mean;
}
