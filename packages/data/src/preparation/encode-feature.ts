import { MoongateError } from "@moongate/errors";
import { type Column, isMissing, MISSING } from "../table/table.ts";
import { placesOf } from "./one-hot.ts";
import { placeInBin } from "./piecewise-linear.ts";
import { rankOf } from "./quantile-ranks.ts";
import type { Feature } from "./schema.ts";
import { standardScore } from "./standardise.ts";

/** A window of adjacent columns in a row-major matrix of zeros. */
export interface Window {
  readonly values: Float64Array;
  /** Columns of the whole matrix. */
  readonly stride: number;
  /** The window's first column. */
  readonly first: number;
}

/** The names of the columns that `feature` becomes. */
export function encodedNames(feature: Feature): string[] {
  const { name, encoding } = feature;
  const missing = feature.missing ? [`${name}:missing`] : [];
  switch (encoding.type) {
    case "none":
      return missing;
    case "ranks":
    case "standard":
    case "sign":
      return [name, ...missing];
    case "piecewise":
      return [name, ...encoding.bins.means.map((_, bin) => `${name}[${bin + 1}]`), ...missing];
    case "one-hot": {
      const levels = encoding.levels.map((level) => `${name}=${level}`);
      return [...levels, ...(encoding.other ? [`${name}=(other)`] : []), ...missing];
    }
  }
}

/**
 * A function that encodes rows of `column` into a window, which is as wide as `encodedNames` is
 * long. A missing value leaves zeros, and a one in the indicator column if there is one.
 *
 * @throws COLUMN_KIND_CHANGED
 */
export function featureEncoder(
  feature: Feature,
  column: Column,
): (rows: Uint32Array, window: Window) => void {
  const encode = encoderOf(feature, column);
  const indicator = feature.missing ? encodedNames(feature).length - 1 : undefined;
  return (rows, { values, stride, first }) => {
    let at = first;
    for (const row of rows) {
      if (!isMissing(column, row)) encode(row, values, at);
      else if (indicator !== undefined) values[at + indicator] = 1;
      at += stride;
    }
  };
}

/** A function that writes the encoding of a known value's row from position `at` on. */
function encoderOf(
  { name, kind, encoding }: Feature,
  column: Column,
): (row: number, out: Float64Array, at: number) => void {
  if (column.kind === "number" && column.values.every((value) => Number.isNaN(value))) {
    return () => undefined; // a column without values has no kind of its own
  }
  if (column.kind !== kind) {
    const cause = `column ${JSON.stringify(name)} is a ${column.kind}, but was a ${kind} in training`;
    throw new MoongateError("COLUMN_KIND_CHANGED", cause);
  }
  if (column.kind === "number") {
    const { values } = column;
    switch (encoding.type) {
      case "ranks":
        return (row, out, at) => {
          out[at] = rankOf(encoding.ranks, values[row] ?? 0);
        };
      case "standard":
        return (row, out, at) => {
          out[at] = standardScore(encoding, values[row] ?? 0);
        };
      case "piecewise": {
        const { edges, means } = encoding.bins;
        return (row, out, at) => {
          const value = values[row] ?? 0;
          out[at] = rankOf(encoding.ranks, value);
          for (let bin = 0; bin < means.length; bin++) {
            out[at + 1 + bin] = placeInBin(edges, bin, value) - (means[bin] ?? 0);
          }
        };
      }
    }
  } else if (column.kind === "boolean" && encoding.type === "sign") {
    return (row, out, at) => {
      out[at] = column.values[row] === 1 ? 1 : -1;
    };
  } else if (column.kind === "category" && encoding.type === "one-hot") {
    const places = placesOf(encoding, column);
    return (row, out, at) => {
      const place = places[column.codes[row] ?? MISSING] ?? -1;
      if (place >= 0) out[at + place] = 1;
    };
  }
  return () => undefined; // encoding "none"
}
