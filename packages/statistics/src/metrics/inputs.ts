import { MoongateError } from "@moongate/errors";

/** Model scores, one a row; higher means more likely positive. */
export type Scores = Float64Array | readonly number[];

/** Labels, one a row: 0 or 1. */
export type Labels = Uint8Array | readonly number[];

/** How many rows of each class there are. */
export interface ClassCounts {
  readonly positives: number;
  readonly negatives: number;
}

/**
 * Checks scores and labels against each other and counts the classes.
 *
 * @throws SHAPE_MISMATCH (lengths differ), COLUMN_NOT_FINITE (a score is NaN or infinite),
 *   LABEL_NOT_BINARY.
 */
export function countClasses(scores: Scores, labels: Labels): ClassCounts {
  if (scores.length !== labels.length) {
    const cause = `there are ${scores.length} scores for ${labels.length} labels`;
    throw new MoongateError("SHAPE_MISMATCH", cause);
  }
  let positives = 0;
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row];
    if (label !== 0 && label !== 1) {
      throw new MoongateError("LABEL_NOT_BINARY", `the label of row ${row + 1} is not 0 or 1`);
    }
    if (!Number.isFinite(scores[row])) {
      const cause = `the score of row ${row + 1} is not a finite number`;
      throw new MoongateError("COLUMN_NOT_FINITE", cause);
    }
    positives += label;
  }
  return { positives, negatives: labels.length - positives };
}

/**
 * {@link countClasses}, and both classes must be there.
 *
 * @throws LABEL_ONE_CLASS beside the errors of countClasses.
 */
export function requireBothClasses(scores: Scores, labels: Labels): ClassCounts {
  const counts = countClasses(scores, labels);
  if (counts.positives === 0 || counts.negatives === 0) {
    const missing = counts.positives === 0 ? "positive" : "negative";
    const cause = `none of the ${labels.length} rows is ${missing}`;
    throw new MoongateError("LABEL_ONE_CLASS", cause);
  }
  return counts;
}
