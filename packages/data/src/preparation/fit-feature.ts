import type { Column } from "../table/table.ts";
import { zeroColumns } from "./constant-columns.ts";
import { knownSorted } from "./known-sorted.ts";
import { fitPiecewise } from "./piecewise-linear.ts";
import { fitRanks } from "./quantile-ranks.ts";
import type { Encoding, Feature } from "./schema.ts";
import { fitStandard } from "./standardise.ts";
import type { FeatureStructure, NumberStructure } from "./structure.ts";

/**
 * Fills the structure of one column with statistics of the training rows: ranks, edges, means and
 * scales. A column that is constant there becomes a column of zeros, for all rows.
 */
export function fitFeature(
  { name, kind, missing, shape }: FeatureStructure,
  column: Column,
  trainRows: Uint32Array,
): Feature {
  const feature: Feature = { name, kind, missing, encoding: encodingOf(shape, column, trainRows) };
  return { ...feature, zero: zeroColumns(feature, column, trainRows) };
}

function encodingOf(
  shape: FeatureStructure["shape"],
  column: Column,
  trainRows: Uint32Array,
): Encoding {
  switch (shape.type) {
    case "sign":
      return { type: "sign" };
    case "one-hot":
      return { type: "one-hot", levels: [...shape.levels], other: shape.other };
    case "date":
      return {
        type: "date",
        days: numberEncoding(shape.days, column, trainRows),
        cycles: [...shape.cycles],
      };
    default:
      return numberEncoding(shape, column, trainRows);
  }
}

/** The encoding of a number, or of the days of a date. */
type NumberFit = Extract<Encoding, { readonly type: "none" | "ranks" | "piecewise" | "standard" }>;

function numberEncoding(shape: NumberStructure, column: Column, trainRows: Uint32Array): NumberFit {
  if (shape.type === "none" || (column.kind !== "number" && column.kind !== "date")) {
    return { type: "none" };
  }
  const sorted = knownSorted(column.values, trainRows);
  if (shape.type === "standard") return { type: "standard", ...fitStandard(sorted) };
  const map = fitRanks(sorted);
  const ranks = { values: [...map.values], ranks: [...map.ranks] };
  if (shape.type === "ranks") return { type: "ranks", ranks };
  const { edges, means } = fitPiecewise(sorted, shape);
  return {
    type: "piecewise",
    ranks,
    bins: { edges: [...edges], means: [...means] },
    columns: shape.bins,
    ...(shape.log ? { log: fitStandard(sorted) } : {}),
  };
}
