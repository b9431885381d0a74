/** How far `value` lies from `left` to `right`, for left < value < right; never overflows. */
export function shareOfWay(left: number, right: number, value: number): number {
  const width = right - left;
  if (Number.isFinite(width)) return (value - left) / width;
  return (value / 2 - left / 2) / (right / 2 - left / 2);
}
