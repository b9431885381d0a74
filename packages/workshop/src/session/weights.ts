import { sha256, toHex } from "@moongate/crypto";
import { at, MoongateError } from "@moongate/errors";
import type { ParameterShare } from "./party.ts";

/** The joint model in the clear, which only somebody with both shares can compute. */
export interface JointModel {
  readonly parameters: readonly { readonly name: string; readonly values: Float64Array }[];
  /** SHA-256 of all words: equal where two runs agree in every bit. */
  readonly fingerprint: string;
}

/** Adds up both parties' shares, modulo 2^64. */
export function jointModel(
  media: readonly ParameterShare[],
  commerce: readonly ParameterShare[],
): JointModel {
  const sums = media.map(({ name, scale, words }) => {
    const other = commerce.find((each) => each.name === name);
    if (other?.words.length !== words.length) {
      throw new MoongateError("SHAPE_MISMATCH", `the shares of ${name} differ in size`);
    }
    const [own, its] = [wordsOf(words), wordsOf(other.words)];
    return { name, scale, sum: own.map((word, place) => word + at(its, place)) };
  });
  return {
    parameters: sums.map(({ name, scale, sum }) => ({
      name,
      values: Float64Array.from(sum, (word) => Number(word) / 2 ** scale),
    })),
    fingerprint: toHex(sha256(...sums.map(({ sum }) => new Uint8Array(sum.buffer)))),
  };
}

const wordsOf = (bytes: Uint8Array): BigInt64Array<ArrayBuffer> =>
  new BigInt64Array(bytes.slice().buffer);
