import { at } from "@moongate/errors";
import { evaluate } from "@moongate/statistics";
import type { Metrics, ModelReport } from "@moongate/results";
import { type PartitionRows, recordOf } from "@moongate/messages";
import type { PartitionLogits } from "../baseline.ts";

/** A trained model and its scores of the held-out rows. */
export interface Scored {
  readonly who: ModelReport["who"];
  readonly kind: ModelReport["kind"];
  readonly oracle: boolean;
  readonly trainedRows: number;
  readonly scores: PartitionLogits;
}

/**
 * All metrics of a model, by label, on validation and on test rows.
 * @param labels 0/1 of all joint rows in arranged order, row-major rows × names.
 */
export function modelReport(
  { scores, ...model }: Scored,
  names: readonly string[],
  labels: Uint8Array,
  { train, validation, test }: PartitionRows,
): ModelReport {
  const count = names.length;
  const first = train + validation;
  const byLabel = (
    logits: Float64Array,
    from: number,
    to: number,
  ): Readonly<Record<string, Metrics>> => {
    const metrics = evaluate(logits, labels.subarray(from * count, to * count), count);
    return recordOf(names.map((name, index) => [name, at(metrics, index)]));
  };
  return {
    ...model,
    validation: byLabel(scores.validation, train, first),
    test: byLabel(scores.test, first, first + test),
  };
}
