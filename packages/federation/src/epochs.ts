import { at } from "@moongate/errors";
import type { PartitionRows } from "@moongate/messages";
import type { Epochs } from "@moongate/results";
import { aucOrNull } from "./evaluate.ts";
import { labelColumn } from "./labels.ts";

/**
 * AUC on validation rows after each epoch that was looked at, by label; null for labels of one class.
 * @param labels 0/1 of all joint rows, row-major rows × labels.
 * @param looks logits of the validation rows, row-major rows × labels, one array an epoch.
 */
export function aucByEpoch(
  names: readonly string[],
  labels: Uint8Array,
  { train, validation }: PartitionRows,
  looks: readonly Float64Array[],
): Epochs["labels"] {
  const k = names.length;
  return names.map((name, column) => {
    const truth = labelColumn(labels, k, column, train, train + validation);
    const ofLabel = (look: Float64Array): Float64Array =>
      Float64Array.from(truth, (_, row) => at(look, row * k + column));
    return { name, auc: looks.map((look) => aucOrNull(ofLabel(look), truth)) };
  });
}
