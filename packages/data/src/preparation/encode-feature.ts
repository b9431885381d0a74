import { MoongateError } from "@moongate/errors";
import { type Column, MISSING } from "../table/table.ts";
import { placesOf } from "./one-hot.ts";
import { phaseOf } from "./cycles.ts";
import { placeInBin } from "./piecewise-linear.ts";
import { type RankMap, rankOf } from "./quantile-ranks.ts";
import type { Encoding, Feature } from "./schema.ts";
import { signedLog, standardScore } from "./standardise.ts";

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
      return [name, ...binNames(name, encoding), ...missing];
    case "date": {
      const { days, cycles } = encoding;
      const bins = days.type === "piecewise" ? binNames(name, days) : [];
      const turns = cycles.flatMap((cycle) => [`${name}:${cycle}-sin`, `${name}:${cycle}-cos`]);
      return [...(days.type === "none" ? [] : [name]), ...bins, ...turns, ...missing];
    }
    case "one-hot": {
      const levels = encoding.levels.map((level) => `${name}=${level}`);
      return [...levels, ...(encoding.other ? [`${name}=(other)`] : []), ...missing];
    }
  }
}

const binNames = (
  name: string,
  { bins, columns = bins.means.length, log }: Piecewise,
): string[] => [
  ...Array.from({ length: columns }, (_, bin) => `${name}[${bin + 1}]`),
  ...(log === undefined ? [] : [`${name}:log`]),
];

type Piecewise = Extract<Encoding, { readonly type: "piecewise" }>;

/**
 * A function that encodes rows of `column` into a window, which is as wide as `encodedNames` is
 * long. A missing value leaves zeros, and a one in the indicator column if there is one. Columns
 * that told nothing in training stay zero.
 *
 * @throws COLUMN_KIND_CHANGED
 */
export function featureEncoder(
  feature: Feature,
  column: Column,
): (rows: Uint32Array, window: Window) => void {
  const encode = encoderOf(feature, column);
  const indicator = feature.missing ? encodedNames(feature).length - 1 : undefined;
  const { zero = [] } = feature;
  return (rows, { values, stride, first }) => {
    let at = first;
    for (const value of valuesOf(column, rows)) {
      if (!Number.isNaN(value)) encode(value, values, at);
      else if (indicator !== undefined) values[at + indicator] = 1;
      for (const place of zero) values[at + place] = 0;
      at += stride;
    }
  };
}

/**
 * The rows' values side by side, NaN where one is missing. Rows come in any order: fetched by a
 * loop that does nothing else, the processor waits for many of them at once.
 */
function valuesOf(column: Column, rows: Uint32Array): Float64Array {
  const gathered = new Float64Array(rows.length);
  if (column.kind === "text") return gathered.fill(NaN);
  const values = column.kind === "category" ? column.codes : column.values;
  for (let at = 0; at < rows.length; at++) gathered[at] = values[rows[at] ?? 0] ?? NaN;
  if (column.kind === "number" || column.kind === "date") return gathered;
  return gathered.map((value) => (value === MISSING ? NaN : value));
}

/** A function that writes the encoding of a known value (or code) from position `at` on. */
function encoderOf(
  { name, kind, encoding }: Feature,
  column: Column,
): (value: number, out: Float64Array, at: number) => void {
  if (column.kind === "number" && column.values.every((value) => Number.isNaN(value))) {
    return () => undefined; // a column without values has no kind of its own
  }
  if (column.kind !== kind) {
    const cause = `column ${JSON.stringify(name)} is a ${column.kind}, but was a ${kind} in training`;
    throw new MoongateError("COLUMN_KIND_CHANGED", cause);
  }
  switch (encoding.type) {
    case "none":
    case "ranks":
    case "standard":
    case "piecewise":
      return numberEncoder(encoding);
    case "date": {
      const { days, cycles } = encoding;
      const encodeDays = numberEncoder(days);
      const width = encodedNames({ name, kind, encoding, missing: false }).length;
      return (value, out, at) => {
        encodeDays(value, out, at);
        let place = at + width - 2 * cycles.length;
        for (const cycle of cycles) {
          const angle = 2 * Math.PI * phaseOf(cycle, value);
          out[place++] = Math.sin(angle);
          out[place++] = Math.cos(angle);
        }
      };
    }
    case "sign":
      return (value, out, at) => {
        out[at] = value === 1 ? 1 : -1;
      };
    case "one-hot": {
      const places = column.kind === "category" ? placesOf(encoding, column) : new Int32Array();
      return (code, out, at) => {
        const place = places[code] ?? -1;
        if (place >= 0) out[at + place] = 1;
      };
    }
  }
}

/** The encoding of a number, or of the days of a date. */
function numberEncoder(
  encoding: Extract<Encoding, { readonly type: "none" | "ranks" | "standard" | "piecewise" }>,
): (value: number, out: Float64Array, at: number) => void {
  switch (encoding.type) {
    case "none":
      return () => undefined;
    case "ranks": {
      const ranks = rankMapOf(encoding.ranks);
      return (value, out, at) => {
        out[at] = rankOf(ranks, value);
      };
    }
    case "standard":
      return (value, out, at) => {
        out[at] = standardScore(encoding, value);
      };
    case "piecewise": {
      const ranks = rankMapOf(encoding.ranks);
      const { columns, log } = encoding;
      const { edges, means } = encoding.bins;
      const logAt = 1 + (columns ?? means.length);
      return (value, out, at) => {
        out[at] = rankOf(ranks, value);
        for (let bin = 0; bin < means.length; bin++) {
          out[at + 1 + bin] = placeInBin(edges, bin, value) - (means[bin] ?? 0);
        }
        if (log !== undefined) out[at + logAt] = signedLog(log, value);
      };
    }
  }
}

/** The saved map in typed arrays, which are read faster. */
const rankMapOf = ({ values, ranks }: RankMap) => ({
  values: Float64Array.from(values),
  ranks: Float64Array.from(ranks),
});
