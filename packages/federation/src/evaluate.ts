import { at } from "@moongate/errors";
import { auc } from "@moongate/statistics";
import type { PartitionRows } from "@moongate/messages";
import type { Scores } from "./baseline.ts";
import { labelColumn } from "./labels.ts";

/** One label's area under the ROC curve. */
export interface HeldOutAuc {
  readonly validation: number;
  readonly test: number;
}

/** Area under the ROC curve of each label on validation and test rows. */
export function aucByLabel(
  names: readonly string[],
  labels: Uint8Array,
  { train, validation, test }: PartitionRows,
  scores: Scores,
): Record<string, HeldOutAuc> {
  const k = names.length;
  const first = train + validation;
  return Object.fromEntries(
    names.map((name, column) => [
      name,
      {
        validation: auc(
          columnOf(scores.validation, k, column),
          labelColumn(labels, k, column, train, first),
        ),
        test: auc(
          columnOf(scores.test, k, column),
          labelColumn(labels, k, column, first, first + test),
        ),
      },
    ]),
  );
}

function columnOf(values: Float64Array, columns: number, column: number): Float64Array {
  return Float64Array.from({ length: values.length / columns }, (_, row) =>
    at(values, row * columns + column),
  );
}
