/** Pictures are so many values wide and high. */
export const SIDE = 24;

/** Spending of 24 x 24 customers, drawn so that anybody recognises it: a moon gate in its wall. */
export const moonGate = (): Float64Array =>
  picture((x, y) => {
    const inside = Math.hypot(x, y) < 0.62;
    const rim = Math.hypot(x, y) < 0.78;
    if (inside) return y > 0.25 ? 70 : 20;
    return rim ? 95 : 45;
  });

/** Spending of as many others: a tree on a hill. */
export const tree = (): Float64Array =>
  picture((x, y) => {
    if (y > 0.62 - 0.12 * Math.cos(3 * x)) return 60;
    if (Math.abs(x) < 0.09 && y > 0) return 80;
    return Math.hypot(x, y + 0.3) < 0.45 ? 90 : 10;
  });

function picture(value: (x: number, y: number) => number): Float64Array {
  const place = (index: number): number => (2 * index + 1) / SIDE - 1;
  return Float64Array.from({ length: SIDE * SIDE }, (_, index) =>
    value(place(index % SIDE), place(Math.floor(index / SIDE))),
  );
}

/** The shade of each word by where it lies on the ring, from 0 to 1. */
export const shadesOfWords = (words: BigUint64Array): number[] =>
  Array.from(words, (word) => Number(word >> 48n) / 65536);

/** The shade of each value between the least and the most that differences can have. */
export const shadesOfValues = (values: Float64Array, most: number): number[] =>
  Array.from(values, (value) => Math.max(0, Math.min(1, (value + most) / (2 * most))));
