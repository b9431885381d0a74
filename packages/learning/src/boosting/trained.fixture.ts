import { binTable } from "./booster.ts";
import type { RawColumn } from "./raw-column.ts";
import type { BoostingSettings } from "./settings.ts";
import { type BoostingRows, type TrainedBooster, trainBooster } from "./train-boosting.ts";

/** Trains on columns as a table has them. */
export function trained(
  { columns, ...rows }: BoostingRows & { readonly columns: readonly RawColumn[] },
  settings: BoostingSettings,
): Promise<TrainedBooster> {
  return trainBooster(binTable(columns, rows.train, settings), rows, settings);
}
