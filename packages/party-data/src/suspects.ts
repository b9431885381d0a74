import { type Column, MISSING } from "@moongate/data";
import { at } from "@moongate/errors";
import type { SuspectColumn } from "@moongate/federation";
import { auc } from "@moongate/statistics";

/** AUC of one column from which on it looks like a consequence of the label. */
const TOO_GOOD = 0.98;
/** Rows of either class below which a single column may look perfect by chance. */
const LEAST_OF_A_CLASS = 20;
/** Rows of either class that are looked at: more would not change what is seen. */
const MOST_OF_A_CLASS = 10_000;
/** A number is looked at by its bins: any shape of its relation with the label is found. */
const BINS = 64;

/**
 * Columns that alone nearly decide a label, and so are likely to be known only after it: an order's
 * total, a date of refund. Everything stays with the owner of both; nothing is sent.
 *
 * For each column: rows are put into levels (a category's, or bins of a number; missing is a level
 * of its own). The share of positive rows in each level, counted on one half of the rows, scores the
 * other half, and the other way round, so that a column of as many levels as rows is not suspected.
 */
export function suspectColumns(
  columns: readonly Column[],
  labels: readonly { readonly name: string; readonly values: Uint8Array }[],
  rows: number,
): SuspectColumn[] {
  return labels.flatMap(({ name: label, values }) => {
    const looked = lookedAt(values.subarray(0, rows));
    if (looked === undefined) return [];
    return columns.flatMap((column) => {
      const found = aucAlone(column, looked, values);
      return found >= TOO_GOOD ? [{ label, column: column.name, auc: found }] : [];
    });
  });
}

/** Rows of two halves with both classes alike in each; nothing where a class has too few rows. */
function lookedAt(labels: Uint8Array): readonly [Uint32Array, Uint32Array] | undefined {
  const halves: [number[], number[]] = [[], []];
  for (const wanted of [0, 1]) {
    const own = Array.from(labels.keys()).filter((row) => labels[row] === wanted);
    if (own.length < LEAST_OF_A_CLASS) return undefined;
    const step = Math.max(1, own.length / MOST_OF_A_CLASS);
    const taken = Math.min(own.length, MOST_OF_A_CLASS);
    for (let index = 0; index < taken; index++) {
      halves[index % 2 === 0 ? 0 : 1].push(at(own, Math.floor(index * step)));
    }
  }
  return [Uint32Array.from(halves[0]), Uint32Array.from(halves[1])];
}

function aucAlone(
  column: Column,
  [one, other]: readonly [Uint32Array, Uint32Array],
  labels: Uint8Array,
): number {
  const levelOf = levels(column, one);
  return (
    (aucOn(other, rates(one, levelOf, labels), levelOf, labels) +
      aucOn(one, rates(other, levelOf, labels), levelOf, labels)) /
    2
  );
}

type LevelOf = (row: number) => number;

function levels(column: Column, rows: Uint32Array): LevelOf {
  switch (column.kind) {
    case "boolean":
      return (row) => at(column.values, row);
    case "category":
      return (row) => at(column.codes, row);
    case "number":
    case "date":
      return binned(column.values, rows);
    case "text":
      return () => 0;
  }
}

/** Bins between quantiles of some rows' values; a value that many rows share has an edge of its own. */
function binned(values: Float64Array, rows: Uint32Array): LevelOf {
  const sorted = Float64Array.from(rows, (row) => at(values, row))
    .filter((value) => !Number.isNaN(value))
    .sort();
  if (sorted.length === 0) return (row) => (Number.isNaN(at(values, row)) ? MISSING : 0);
  const quantiles = Array.from({ length: BINS }, (_, bin) =>
    at(sorted, Math.floor((bin * (sorted.length - 1)) / BINS)),
  );
  const edges = [...new Set(quantiles)];
  return (row) => {
    const value = at(values, row);
    if (Number.isNaN(value)) return MISSING;
    const above = edges.findIndex((edge) => edge >= value);
    return above === -1 ? edges.length : above;
  };
}

/** Share of positive rows by level; levels of few rows are drawn towards that of all. */
function rates(rows: Uint32Array, levelOf: LevelOf, labels: Uint8Array): (level: number) => number {
  const counts = new Map<number, { rows: number; positives: number }>();
  let positives = 0;
  for (const row of rows) {
    const own = counts.get(levelOf(row)) ?? { rows: 0, positives: 0 };
    own.rows += 1;
    own.positives += at(labels, row);
    positives += at(labels, row);
    counts.set(levelOf(row), own);
  }
  const overall = positives / rows.length;
  return (level) => {
    const own = counts.get(level);
    return own === undefined ? overall : (own.positives + overall) / (own.rows + 1);
  };
}

function aucOn(
  rows: Uint32Array,
  rateOf: (level: number) => number,
  levelOf: LevelOf,
  labels: Uint8Array,
): number {
  const scores = Float64Array.from(rows, (row) => rateOf(levelOf(row)));
  return auc(
    scores,
    Uint8Array.from(rows, (row) => at(labels, row)),
  );
}
