import { setImmediate as nextTurn } from "node:timers/promises";
import { MoongateError } from "@moongate/errors";
import { columnOf, type Table, titleOf } from "../table/table.ts";
import { fitFeature } from "./fit-feature.ts";
import { type NumberChoice, planNumbers } from "./number-plan.ts";
import { Preparation } from "./preparation.ts";
import { type Feature, PREPARATION_VERSION } from "./schema.ts";

/**
 * Training rows that are looked at, at most. The quantiles of so many rows are within a thousandth
 * of those of any number of rows, and sorting stays quick.
 */
export const MOST_FITTED_ROWS = 200_000;

export interface PreparationOptions {
  /** What becomes of numbers; default "auto". */
  readonly numbers?: NumberChoice;
  /** The user named the columns: refuse a constant one instead of dropping it. */
  readonly named?: boolean;
}

/**
 * Fits the preparation of a party's feature columns on its own training rows (numbers of rows of
 * `table`), on the first MOST_FITTED_ROWS of them where there are more: alignment has put them in
 * the order of a hash, so these are a random sample. Nothing of the other rows enters.
 *
 * A column that is constant on the training rows is dropped, with a note in `describe()`; if the
 * user asked for it by name, or nothing else is left, it is refused.
 *
 * The event loop gets a turn after each column: sorting a million values takes a while, and
 * connections need their signs of life.
 *
 * @throws COLUMN_CONSTANT, COLUMN_NONE_LEFT (no columns given), ALIGNMENT_TOO_SMALL (no training
 *   rows), COLUMN_MISSING, USAGE (an id among the features).
 */
export async function fitPreparation(
  table: Table,
  columns: readonly string[],
  trainRows: Uint32Array,
  options: PreparationOptions = {},
): Promise<Preparation> {
  const { named = false } = options;
  const numbers = planNumbers(options.numbers ?? "auto", table, columns);
  const title = titleOf(table);
  if (columns.length === 0) {
    throw new MoongateError("COLUMN_NONE_LEFT", `${title} has no feature column`);
  }
  if (trainRows.length === 0) {
    throw new MoongateError("ALIGNMENT_TOO_SMALL", `${title} has no training rows to prepare on`);
  }
  const rows = trainRows.subarray(0, MOST_FITTED_ROWS);
  const features: Feature[] = [];
  const dropped: { name: string; reason: string }[] = [];
  for (const name of columns) {
    const feature = fitFeature(columnOf(table, name), rows, numbers);
    await nextTurn();
    if (feature.encoding.type !== "none" || feature.missing) features.push(feature);
    else if (named) {
      const cause = `column ${JSON.stringify(name)} is constant on the training rows`;
      throw new MoongateError("COLUMN_CONSTANT", cause);
    } else dropped.push({ name, reason: "constant on the training rows" });
  }
  if (features.length === 0) {
    const cause = `every feature column of ${title} is constant on the training rows`;
    throw new MoongateError("COLUMN_CONSTANT", cause, { cure: "Give columns that vary." });
  }
  return new Preparation({
    format: "moongate-preparation",
    version: PREPARATION_VERSION,
    features,
    dropped,
  });
}
