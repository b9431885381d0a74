import { at } from "@moongate/errors";
import { randomBytes } from "@moongate/crypto";

/** A source of that many fresh random bytes. It is an argument, so that tests can replay. */
export type RandomSource = (bytes: number) => Uint8Array;

export const systemRandom: RandomSource = randomBytes;

/**
 * A uniformly random order of 0 .. length - 1 (Fisher and Yates, Durstenfeld's form), drawn
 * without modulo bias.
 */
export function randomPermutation(
  length: number,
  random: RandomSource = systemRandom,
): Uint32Array {
  const order = Uint32Array.from({ length }, (_, index) => index);
  const draw = uniformDraws(random);
  for (let last = length - 1; last > 0; last--) {
    const chosen = draw(last + 1);
    const kept = at(order, last);
    order[last] = at(order, chosen);
    order[chosen] = kept;
  }
  return order;
}

const WORDS_DRAWN = 4096;

/** Uniform integers below a bound, 1 .. 2^32, by rejection. */
function uniformDraws(random: RandomSource): (bound: number) => number {
  let words: DataView = new DataView(new ArrayBuffer(0));
  let at = 0;
  const word = (): number => {
    if (at === words.byteLength) {
      const bytes = random(WORDS_DRAWN * 4);
      words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      at = 0;
    }
    at += 4;
    return words.getUint32(at - 4, true);
  };
  return (bound) => {
    const fair = 2 ** 32 - (2 ** 32 % bound);
    let drawn = word();
    while (drawn >= fair) drawn = word();
    return drawn % bound;
  };
}
