import { setImmediate as nextTurn } from "node:timers/promises";
import { MoongateError } from "@moongate/errors";
import { columnOf, type Table, titleOf } from "../table/table.ts";
import { fitFeature } from "./fit-feature.ts";
import { Preparation } from "./preparation.ts";
import { type Feature, PREPARATION_VERSION } from "./schema.ts";
import { type Structure, type StructureOptions, structureOf } from "./structure.ts";

/**
 * Training rows that are looked at, at most. The quantiles of so many rows are within a thousandth
 * of those of any number of rows, and sorting stays quick.
 */
export const MOST_FITTED_ROWS = 200_000;

/**
 * Fills a structure with statistics of a party's own training rows (numbers of rows of `table`), of
 * the first MOST_FITTED_ROWS of them where there are more: alignment has put them in the order of a
 * hash, so these are a random sample. The structure stays as it is, and no choice of rows is refused
 * but an empty one: what tells nothing on these rows becomes columns of zeros.
 *
 * @throws ALIGNMENT_TOO_SMALL (no training rows)
 */
export async function fitStatistics(
  table: Table,
  { features, dropped }: Structure,
  trainRows: Uint32Array,
): Promise<Preparation> {
  if (trainRows.length === 0) {
    const cause = `${titleOf(table)} has no training rows to prepare on`;
    throw new MoongateError("ALIGNMENT_TOO_SMALL", cause);
  }
  const rows = trainRows.subarray(0, MOST_FITTED_ROWS);
  const fitted: Feature[] = [];
  for (const structure of features) {
    fitted.push(fitFeature(structure, columnOf(table, structure.name), rows));
    await nextTurn();
  }
  return new Preparation({
    format: "moongate-preparation",
    version: PREPARATION_VERSION,
    features: fitted,
    dropped: [...dropped],
  });
}

/**
 * The preparation of a party's feature columns: its structure by the whole table, its statistics by
 * the training rows.
 *
 * @throws what structureOf and fitStatistics throw.
 */
export async function fitPreparation(
  table: Table,
  columns: readonly string[],
  trainRows: Uint32Array,
  options: StructureOptions = {},
): Promise<Preparation> {
  return fitStatistics(table, await structureOf(table, columns, options), trainRows);
}
