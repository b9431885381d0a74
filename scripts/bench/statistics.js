// What several runs say together.

export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Standard deviation over runs; 0 of a single one. */
export function spread(values) {
  if (values.length < 2) return 0;
  const centre = mean(values);
  return Math.sqrt(
    values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1),
  );
}

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
