import type { EncodedFeatures } from "../preparation/preparation.ts";

/**
 * Scores of a plain logistic regression: gradient descent with momentum on mini-batches of the
 * first `train` rows, then scores of the rows after them.
 */
export function fitAndScore(
  { values, cols, rows }: Pick<EncodedFeatures, "values" | "cols" | "rows">,
  labels: ArrayLike<number>,
  train: number,
): Float64Array {
  const [batch, epochs, rate] = [256, 12, 0.1];
  const weights = new Float64Array(cols + 1);
  const velocity = new Float64Array(cols + 1);
  const score = (row: number): number => {
    let sum = weights[cols] ?? 0;
    for (let col = 0; col < cols; col++)
      sum += (values[row * cols + col] ?? 0) * (weights[col] ?? 0);
    return 1 / (1 + Math.exp(-sum));
  };
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let start = 0; start + batch <= train; start += batch) {
      const gradient = new Float64Array(cols + 1);
      for (let row = start; row < start + batch; row++) {
        const error = (score(row) - (labels[row] ?? 0)) / batch;
        for (let col = 0; col < cols; col++) {
          gradient[col] = (gradient[col] ?? 0) + error * (values[row * cols + col] ?? 0);
        }
        gradient[cols] = (gradient[cols] ?? 0) + error;
      }
      const step = rate * (1 - epoch / epochs);
      gradient.forEach((slope, col) => {
        const speed = 0.9 * (velocity[col] ?? 0) + slope;
        velocity[col] = speed;
        weights[col] = (weights[col] ?? 0) - step * speed;
      });
    }
  }
  return Float64Array.from({ length: rows - train }, (_, row) => score(train + row));
}

/** The AUC that `scores` are expected to reach if labels are drawn with these probabilities. */
export function expectedAuc(scores: Float64Array, probabilities: Float64Array): number {
  const order = Uint32Array.from(scores, (_, row) => row).sort(
    (a, b) => (scores[a] ?? 0) - (scores[b] ?? 0),
  );
  let [wins, positives, negativesBelow] = [0, 0, 0];
  for (const row of order) {
    const p = probabilities[row] ?? 0;
    wins += p * negativesBelow;
    positives += p;
    negativesBelow += 1 - p;
  }
  return wins / (positives * negativesBelow);
}

/** Columns of several matrices side by side. */
export function joined(...parts: readonly EncodedFeatures[]): EncodedFeatures {
  const rows = parts[0]?.rows ?? 0;
  const names = parts.flatMap((part) => part.names);
  const values = new Float64Array(rows * names.length);
  let first = 0;
  for (const part of parts) {
    for (let row = 0; row < rows; row++) {
      values.set(
        part.values.subarray(row * part.cols, (row + 1) * part.cols),
        row * names.length + first,
      );
    }
    first += part.cols;
  }
  return { rows, cols: names.length, names, values };
}
