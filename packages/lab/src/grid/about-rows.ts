import { at } from "@moongate/errors";
import { oracleScores } from "@moongate/data";
import { auc } from "@moongate/statistics";
import type { PartitionRows } from "@moongate/messages";
import type { LabTable } from "../tables/table.ts";
import type { UnitResult } from "./unit.ts";

/**
 * What is true of a unit's rows whatever the model: share of positives, share of commerce's users
 * that were matched, and what true probabilities would reach.
 * @param ids of all joint rows in arranged order.
 */
export function aboutRows(
  { commerce, labels, truth }: LabTable,
  ids: readonly string[],
  { train, validation, test }: PartitionRows,
): Pick<UnitResult, "rows" | "rate" | "overlap" | "best"> {
  const rowOf = new Map(commerce.ids.map((id, row) => [id, row]));
  const tested = ids.slice(train + validation);
  const valuesOf = (label: string): Uint8Array =>
    Uint8Array.from(tested, (id) => at(commerce.labels?.[label] ?? [], rowOf.get(id) ?? -1));
  const rates = labels.map((label) => mean(valuesOf(label)));
  return {
    rows: { train, validation, test },
    rate: mean(rates),
    overlap: ids.length / Math.max(1, commerce.ids.length),
    ...(truth === undefined
      ? {}
      : { best: auc(oracleScores(truth.values, truth.label, tested), valuesOf(truth.label)) }),
  };
}

const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
