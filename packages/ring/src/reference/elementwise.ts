import { at } from "@moongate/errors";

// The semantics of the elementwise kernels on unsigned words.

const MASK = (1n << 64n) - 1n;

/** x mod 2^64, unsigned. */
export const wrap = (x: bigint): bigint => x & MASK;

/** The two's complement value of an unsigned word. */
export const signed = (word: bigint): bigint => BigInt.asIntN(64, word);

const zip = (f: (x: bigint, y: bigint) => bigint) => (a: readonly bigint[], b: readonly bigint[]) =>
  a.map((x, i) => wrap(f(x, at(b, i))));

const map = (f: (x: bigint, parameter: bigint) => bigint) => (a: readonly bigint[], p: bigint) =>
  a.map((x) => wrap(f(x, p)));

export const add = zip((x, y) => x + y);
export const subtract = zip((x, y) => x - y);
export const hadamard = zip((x, y) => x * y);
export const addConstant = map((x, constant) => x + constant);
export const scale = map((x, factor) => x * factor);
export const shiftLeft = map((x, bits) => x << bits);
export const negate = (a: readonly bigint[]): bigint[] => a.map((x) => wrap(-x));
