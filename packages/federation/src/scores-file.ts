import { at } from "@moongate/errors";
import type { PartitionRows } from "@moongate/messages";
import type { PartitionLogits } from "./baseline.ts";

/**
 * scores.csv of a training: id, split, then for each label its value, the predicted probability
 * and the logit, for validation and test rows in arranged order.
 */
export function scoresCsv(options: {
  readonly ids: readonly string[];
  readonly order: Uint32Array;
  readonly rows: PartitionRows;
  readonly names: readonly string[];
  readonly labels: Uint8Array;
  readonly scores: PartitionLogits;
}): string {
  const { ids, order, rows, names, labels, scores } = options;
  const k = names.length;
  const header = ["id", "split", ...names.flatMap((name) => [name, ...scoreColumns(name)])];
  const lines = [header.map(field).join(",")];
  for (let position = rows.train; position < order.length; position++) {
    const inValidation = position < rows.train + rows.validation;
    const logits = inValidation ? scores.validation : scores.test;
    const from = (position - rows.train - (inValidation ? 0 : rows.validation)) * k;
    const cells = names.flatMap((_, column) => [
      String(at(labels, position * k + column)),
      ...scoreCells(at(logits, from + column)),
    ]);
    const id = at(ids, at(order, position));
    lines.push([field(id), inValidation ? "validation" : "test", ...cells].join(","));
  }
  return `${lines.join("\n")}\n`;
}

/** One label's values and logits of the test rows, in arranged order. */
export interface TestScores {
  readonly labels: Uint8Array;
  readonly logits: Float64Array;
}

/**
 * The test rows of a training's scores.csv, by label in the plan's order. Lines are read from their
 * ends, where only numbers stand: an id may hold commas, quotes and line breaks.
 */
export function testScores(text: string, labelCount: number): readonly TestScores[] {
  const cells = labelCount * 3;
  const rows = text.split("\n").flatMap((line) => {
    const parts = line.split(",").slice(-cells - 1);
    return parts.length === cells + 1 && parts[0] === "test" ? [parts.slice(1).map(Number)] : [];
  });
  return Array.from({ length: labelCount }, (_, label) => ({
    labels: Uint8Array.from(rows, (row) => at(row, label * 3)),
    logits: Float64Array.from(rows, (row) => at(row, label * 3 + 2)),
  }));
}

/** scores.csv of a prediction: id, then for each label the probability and the logit. */
export function predictionsCsv(options: {
  readonly ids: readonly string[];
  readonly order: Uint32Array;
  readonly names: readonly string[];
  /** Row-major, rows × labels. */
  readonly logits: Float64Array;
}): string {
  const { ids, order, names, logits } = options;
  const lines = [["id", ...names.flatMap(scoreColumns)].map(field).join(",")];
  order.forEach((row, position) => {
    const cells = names.flatMap((_, column) =>
      scoreCells(at(logits, position * names.length + column)),
    );
    lines.push([field(at(ids, row)), ...cells].join(","));
  });
  return `${lines.join("\n")}\n`;
}

const scoreColumns = (name: string): string[] => [`score_${name}`, `logit_${name}`];

/** The probability to six digits, and the logit in full (it has 16 fractional bits). */
const scoreCells = (logit: number): string[] => [probability(logit).toFixed(6), String(logit)];

const probability = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** A CSV field, quoted where RFC 4180 asks for it. */
function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
