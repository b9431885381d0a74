/**
 * The value below which lies that share, between neighbours linearly.
 *
 * @param sorted ascending, at least one.
 * @param share 0 to 1.
 */
export function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const [low = NaN, high = low] = sorted.subarray(Math.floor(place), Math.floor(place) + 2);
  return low + (high - low) * (place - Math.floor(place));
}
