/**
 * Holm's adjusted p-values (Scandinavian Journal of Statistics 1979): whoever rejects where the
 * adjusted value is at most α rejects any true hypothesis of the family with probability α at most,
 * however the tests depend on one another. Never less powerful than Bonferroni's.
 *
 * @returns in the order of the given ones.
 */
export function holm(values: readonly number[]): number[] {
  const order = values.map((_, at) => at).sort((a, b) => (values[a] ?? 1) - (values[b] ?? 1));
  const adjusted = values.map(() => 1);
  let largest = 0;
  order.forEach((at, rank) => {
    largest = Math.max(largest, (values.length - rank) * (values[at] ?? 1));
    adjusted[at] = Math.min(1, largest);
  });
  return adjusted;
}
