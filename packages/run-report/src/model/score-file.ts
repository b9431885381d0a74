/** One model's logits of some rows, with the rows' labels (0 or 1) beside them. */
export interface LabelScores {
  readonly labels: Uint8Array;
  readonly logits: Float64Array;
}

/** The parts of the joint rows that a score file has. */
export type ScorePart = "validation" | "test";

/**
 * Reads the rows of one part of a training's scores.csv, by label in the plan's order. Lines are
 * read from their ends, where only numbers stand: an id may hold commas, quotes and line breaks.
 */
export function scoredRows(
  text: string,
  labelCount: number,
  part: ScorePart,
): readonly LabelScores[] {
  const cells = labelCount * CELLS_OF_A_LABEL;
  const rows = text.split("\n").flatMap((line) => {
    const parts = line.split(",").slice(-cells - 1);
    return parts.length === cells + 1 && parts[0] === part ? [parts.slice(1).map(Number)] : [];
  });
  return Array.from({ length: labelCount }, (_, label) => ({
    labels: Uint8Array.from(rows, (row) => row[label * CELLS_OF_A_LABEL] ?? NaN),
    logits: Float64Array.from(rows, (row) => row[label * CELLS_OF_A_LABEL + 2] ?? NaN),
  }));
}

/** A label has its value, a probability and a logit. */
const CELLS_OF_A_LABEL = 3;
