/** The top 32 of the low `periodBits` bits of a word. */
export const phase = (word: bigint, periodBits: number): number =>
  Number(BigInt.asUintN(64, word << BigInt(64 - periodBits)) >> 32n);

export const addWords = (a: number, b: number): number => (a + b) >>> 0;
export const subtractWords = (a: number, b: number): number => (a - b) >>> 0;
