import { MoongateError } from "@moongate/errors";
import { type Column, type DateColumn, isMissing, type NumberColumn } from "../table/table.ts";
import { cyclesOf } from "./cycles.ts";
import { fitOneHot } from "./one-hot.ts";
import { fitPiecewise } from "./piecewise-linear.ts";
import { fitRanks } from "./quantile-ranks.ts";
import type { Encoding, Feature } from "./schema.ts";
import { fitStandard } from "./standardise.ts";

/** What becomes of numbers; see the package's README. */
export type NumberEncoding = "ranks" | "standard" | "piecewise";

/** An encoding of numbers, and for piecewise the number of bins to aim at. */
export interface NumberPlan {
  readonly encoding: NumberEncoding;
  readonly bins: number;
}

/**
 * Fits the encoding of one column on the training rows. A column whose known training values are
 * all equal gets the encoding "none"; whether a value is missing is told wherever that varies.
 *
 * @throws USAGE for a text column: ids are not features.
 */
export function fitFeature(column: Column, trainRows: Uint32Array, numbers: NumberPlan): Feature {
  const { name, kind } = column;
  if (kind === "text") {
    throw new MoongateError("USAGE", `column ${JSON.stringify(name)} is an id, not a feature`);
  }
  const empty = trainRows.reduce((count, row) => count + (isMissing(column, row) ? 1 : 0), 0);
  const missing = empty > 0 && empty < trainRows.length;
  switch (kind) {
    case "number":
      return { name, kind, missing, encoding: fitNumber(column, trainRows, numbers) };
    case "date":
      return { name, kind, missing, encoding: fitDate(column, trainRows, numbers) };
    case "boolean": {
      const seen = new Set<number | undefined>();
      for (const row of trainRows) if (!isMissing(column, row)) seen.add(column.values[row]);
      return { name, kind, missing, encoding: { type: seen.size < 2 ? "none" : "sign" } };
    }
    case "category": {
      const map = fitOneHot(column, trainRows);
      const constant = map.levels.length + (map.other ? 1 : 0) < 2;
      const encoding: Encoding = constant
        ? { type: "none" }
        : { type: "one-hot", levels: [...map.levels], other: map.other };
      return { name, kind, missing, encoding };
    }
  }
}

/** The encoding of a number, or "none". */
type NumberFit = Extract<Encoding, { readonly type: "none" | "ranks" | "piecewise" | "standard" }>;

/** Days as a number, and the cycles that the training rows go through. */
function fitDate(column: DateColumn, trainRows: Uint32Array, numbers: NumberPlan): Encoding {
  const days = fitNumber(column, trainRows, numbers);
  if (days.type === "none") return days;
  return { type: "date", days, cycles: [...cyclesOf(column.values, trainRows)] };
}

function fitNumber(
  column: NumberColumn | DateColumn,
  trainRows: Uint32Array,
  numbers: NumberPlan,
): NumberFit {
  const gathered = new Float64Array(trainRows.length);
  let known = 0;
  for (const row of trainRows) {
    const value = column.values[row] ?? NaN;
    if (!Number.isNaN(value)) gathered[known++] = value;
  }
  const sorted = gathered.subarray(0, known).sort();
  if (known === 0 || sorted[0] === sorted[known - 1]) return { type: "none" };
  if (numbers.encoding === "standard") return { type: "standard", ...fitStandard(sorted) };

  const map = fitRanks(sorted);
  const ranks = { values: [...map.values], ranks: [...map.ranks] };
  const bins = numbers.encoding === "piecewise" ? fitPiecewise(sorted, numbers.bins) : undefined;
  if (bins === undefined) return { type: "ranks", ranks };
  return { type: "piecewise", ranks, bins: { edges: [...bins.edges], means: [...bins.means] } };
}
