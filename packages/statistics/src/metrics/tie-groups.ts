import type { Labels, Scores } from "./inputs.ts";

/** Rows that share one score. */
export interface TieGroup {
  readonly score: number;
  readonly size: number;
  readonly positives: number;
}

/** Row numbers ordered by ascending score. O(n log n). */
export function ascendingOrder(scores: Scores): Uint32Array {
  const order = Uint32Array.from({ length: scores.length }, (_, row) => row);
  return order.sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
}

/**
 * The rows grouped by equal score, lowest score first. A metric that only looks at whole groups
 * cannot depend on the order of the rows.
 */
export function* tieGroups(scores: Scores, labels: Labels): Generator<TieGroup> {
  const order = ascendingOrder(scores);
  let start = 0;
  while (start < order.length) {
    const score = scores[order[start] ?? 0] ?? 0;
    let positives = 0;
    let end = start;
    for (; end < order.length && scores[order[end] ?? 0] === score; end++) {
      positives += labels[order[end] ?? 0] ?? 0;
    }
    yield { score, size: end - start, positives };
    start = end;
  }
}

/** {@link tieGroups}, highest score first. */
export function descendingTieGroups(scores: Scores, labels: Labels): TieGroup[] {
  return [...tieGroups(scores, labels)].reverse();
}
