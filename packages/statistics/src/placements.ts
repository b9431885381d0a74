import type { Labels, Scores } from "./metrics/inputs.ts";

/**
 * DeLong's components of an AUC (DeLong, DeLong and Clarke-Pearson, Biometrics 1988), one a row: of
 * a positive the share of negatives that score lower, of a negative the share of positives that
 * score higher; ties count one half. Either class's components average to the AUC. O(n log n), by
 * midranks (Sun and Xu, IEEE SPL 2014).
 *
 * @param labels 0 or 1, both present, else shares of nothing are NaN.
 * @returns components in the order of rows.
 */
export function placements(scores: Scores, labels: Labels): Float64Array {
  const { length } = labels;
  let positives = 0;
  for (const label of labels) positives += label;
  const negatives = length - positives;
  const score = (row: number): number => scores[row] ?? NaN;
  const order = Uint32Array.from({ length }, (_, row) => row);
  order.sort((a, b) => score(a) - score(b));
  const components = new Float64Array(length);
  let [positivesBelow, negativesBelow] = [0, 0];
  for (let from = 0, to = 0; from < length; from = to) {
    const value = score(order[from] ?? 0);
    let tied = 0;
    do tied += labels[order[to++] ?? 0] ?? 0;
    while (to < length && score(order[to] ?? 0) === value);
    const others = to - from - tied;
    const ofPositive = (negativesBelow + others / 2) / negatives;
    const ofNegative = 1 - (positivesBelow + tied / 2) / positives;
    for (const row of order.subarray(from, to)) {
      components[row] = labels[row] === 1 ? ofPositive : ofNegative;
    }
    positivesBelow += tied;
    negativesBelow += others;
  }
  return components;
}
