import { at } from "@moongate/errors";
import { auc } from "@moongate/statistics";
import { type PartitionRows, recordOf } from "@moongate/messages";
import type { PartitionLogits } from "./baseline.ts";
import { labelColumn } from "./labels.ts";

/** One label's area under the ROC curve. */
export interface HeldOutAuc {
  /** Null where the rows have one class, or there are none. */
  readonly validation: number | null;
  readonly test: number | null;
}

/** Area under the ROC curve of each label on validation and test rows. */
export function aucByLabel(
  names: readonly string[],
  labels: Uint8Array,
  { train, validation, test }: PartitionRows,
  scores: PartitionLogits,
): Readonly<Record<string, HeldOutAuc>> {
  const k = names.length;
  const first = train + validation;
  return recordOf(
    names.map((name, column) => [
      name,
      {
        validation: aucOrNull(
          columnOf(scores.validation, k, column),
          labelColumn(labels, k, column, train, first),
        ),
        test: aucOrNull(
          columnOf(scores.test, k, column),
          labelColumn(labels, k, column, first, first + test),
        ),
      },
    ]),
  );
}

/** Area under the ROC curve; null where the rows have one class, or there are none. */
export function aucOrNull(scores: Float64Array, labels: Uint8Array): number | null {
  return labels.includes(0) && labels.includes(1) ? auc(scores, labels) : null;
}

function columnOf(values: Float64Array, columns: number, column: number): Float64Array {
  return Float64Array.from({ length: values.length / columns }, (_, row) =>
    at(values, row * columns + column),
  );
}
