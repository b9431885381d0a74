import fc from "fast-check";

/** Scored and labelled rows. */
export interface Sample {
  readonly scores: number[];
  readonly labels: number[];
}

/** Scores of few distinct values, so that ties abound; both classes at least `each` times. */
export function samples(each = 1): fc.Arbitrary<Sample> {
  const row = fc.record({ score: fc.integer({ min: 0, max: 12 }), label: fc.constantFrom(0, 1) });
  return fc
    .array(row, { minLength: 2 * each, maxLength: 60 })
    .filter((rows) => {
      const positives = rows.filter((one) => one.label === 1).length;
      return positives >= each && rows.length - positives >= each;
    })
    .map((rows) => ({
      scores: rows.map((one) => one.score / 12),
      labels: rows.map((one) => one.label),
    }));
}

/** The same rows from last to first: no metric may notice. */
export function reversed({ scores, labels }: Sample): Sample {
  return { scores: scores.toReversed(), labels: labels.toReversed() };
}

/** The scores of one class. */
export function scoresOf({ scores, labels }: Sample, label: 0 | 1): number[] {
  return scores.filter((_, row) => labels[row] === label);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
