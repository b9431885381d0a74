import type { SplitRows } from "@moongate/messages";
import type { Scores } from "./baseline.ts";

/**
 * scores.csv: id, split, then for each label its value and the predicted probability, for
 * validation and test rows in arranged order.
 */
export function scoresCsv(options: {
  readonly ids: readonly string[];
  readonly order: Uint32Array;
  readonly rows: SplitRows;
  readonly names: readonly string[];
  readonly labels: Uint8Array;
  readonly scores: Scores;
}): string {
  const { ids, order, rows, names, labels, scores } = options;
  const k = names.length;
  const header = ["id", "split", ...names.flatMap((name) => [name, `score_${name}`])];
  const lines = [header.map(field).join(",")];
  for (let at = rows.train; at < order.length; at++) {
    const inValidation = at < rows.train + rows.validation;
    const logits = inValidation ? scores.validation : scores.test;
    const from = (at - rows.train - (inValidation ? 0 : rows.validation)) * k;
    const cells = names.flatMap((_, column) => [
      String(labels[at * k + column] ?? 0),
      probability(logits[from + column] ?? 0).toFixed(6),
    ]);
    const id = ids[order[at] ?? 0] ?? "";
    lines.push([field(id), inValidation ? "validation" : "test", ...cells].join(","));
  }
  return `${lines.join("\n")}\n`;
}

const probability = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** Quoted where RFC 4180 asks for it. */
function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
