import fc from "fast-check";

/** Words at the edges of the kernels' arithmetic. */
export const EXTREMES: readonly bigint[] = [
  0n,
  1n,
  (1n << 32n) - 1n,
  1n << 32n,
  (1n << 63n) - 1n,
  1n << 63n,
  (1n << 64n) - 1n,
];

/** The seed of a run of words: cheap for fast-check whatever the size of the matrix. */
export const seed = (): fc.Arbitrary<number> => fc.integer({ min: 0, max: 2 ** 31 - 1 });

/** Sizes from 0 around the unrolling of the kernels. */
export const size = (max = 11): fc.Arbitrary<number> => fc.integer({ min: 0, max });

/** `count` words of a seed: splitmix64, one in four replaced by an extreme. */
export function words(from: number, count: number): bigint[] {
  let state = BigInt(from) + 1n;
  const next = (): bigint => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
    let z = state;
    z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    return z ^ (z >> 31n);
  };
  return Array.from({ length: count }, () => {
    const word = next();
    const extreme = EXTREMES[Number((word >> 2n) % BigInt(EXTREMES.length))];
    return (word & 3n) === 0n && extreme !== undefined ? extreme : word;
  });
}

/** `count` u32 of a seed, below `limit`. */
export const indices = (from: number, count: number, limit = 2 ** 32): number[] =>
  words(from, count).map((word) => Number((word >> 7n) % BigInt(limit)));

/** Signed integers of magnitude below 2^bits, the edges among them. */
export function signedWords(from: number, count: number, bits: number): bigint[] {
  const edge = (1n << BigInt(bits)) - 1n;
  return words(from, count).map((word) => {
    if (word === 0n) return edge;
    if (word === 1n) return -edge;
    return BigInt.asIntN(bits + 1, word) === -edge - 1n ? 0n : BigInt.asIntN(bits + 1, word);
  });
}
