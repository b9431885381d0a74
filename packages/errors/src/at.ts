/**
 * The element at an index of an array or typed array.
 * A wrong index is a fault of the program and throws a RangeError, where `array[index] ?? 0`
 * would go on with a zero. Hot loops, whose bounds stand in the loop's head, index directly.
 */
export function at<T>(array: ArrayLike<T>, index: number): T {
  const value = array[index];
  if (value === undefined) {
    throw new RangeError(`index ${index} is outside an array of length ${array.length}`);
  }
  return value;
}
