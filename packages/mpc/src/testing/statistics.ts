/**
 * Pearson's statistic of bytes against the uniform distribution, in standard deviations from its
 * mean (255 degrees of freedom: mean 255, variance 510). Uniform bytes stay within about ±6.
 */
export function byteDeviation(parts: readonly Uint8Array[]): number {
  const counts = new Float64Array(256);
  let total = 0;
  for (const part of parts) {
    total += part.length;
    for (const byte of part) counts[byte] = (counts[byte] ?? 0) + 1;
  }
  const expected = total / 256;
  const statistic = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return (statistic - 255) / Math.sqrt(510);
}

/** Leak AUC: the probability that a positive's score exceeds a negative's (ties count half). */
export function leakAuc(scores: readonly bigint[], labels: readonly number[]): number {
  let [wins, pairs] = [0, 0];
  scores.forEach((positive, i) => {
    if (labels[i] !== 1) return;
    scores.forEach((negative, j) => {
      if (labels[j] === 1) return;
      pairs += 1;
      wins += positive > negative ? 1 : positive === negative ? 0.5 : 0;
    });
  });
  return wins / pairs;
}

/** Little-endian two's complement words of a frame. */
export function signedWords(frame: Uint8Array): bigint[] {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  return Array.from({ length: frame.length / 8 }, (_, index) => view.getBigInt64(8 * index, true));
}
