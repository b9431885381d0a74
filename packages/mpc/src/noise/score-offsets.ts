import { hmac, type MacKey, macKey } from "@moongate/crypto";
import { discreteGaussian } from "./discrete-gaussian.ts";
import { keyedWords } from "./random-words.ts";

/** Deviation of the score noise on a logit, where nothing else is said: docs/protocols/score-noise.md. */
export const SCORE_NOISE = 0.05;

/** Enough random words for most draws: a draw takes about twenty. */
const POOL_BYTES = 256;

/**
 * The offsets that media adds to logits before they are revealed: for every user and label one
 * number of a discrete Gaussian distribution. Each is a pseudo-random function of the key, the
 * user, the label and the deviation, and of nothing else: whoever asks for a user's score again, in
 * whatever company, meets the same offset, so that repetition averages nothing away.
 *
 * The deviation is part of what an offset is drawn from: two offsets of one user that were
 * multiples of each other would be two equations for one score.
 */
export class ScoreOffsets {
  readonly #key: MacKey;

  /** @param key 32 bytes that media alone has, one for each model. */
  constructor(key: Uint8Array) {
    this.#key = macKey(key);
  }

  /**
   * @param users what tells users apart, such as "id " and a normalised id, or "slot " and a number.
   * @param sigma the deviation, in units of the last place of the logits it is added to.
   * @returns row-major, users × labels, in the same units.
   */
  of(users: readonly string[], labels: number, sigma: bigint): BigInt64Array {
    const offsets = new BigInt64Array(users.length * labels);
    if (sigma === 0n) return offsets;
    users.forEach((user, row) => {
      for (let label = 0; label < labels; label++) {
        const drawnFrom = JSON.stringify(["moongate/1 score offset", user, label, String(sigma)]);
        const key = hmac(this.#key, drawnFrom);
        offsets[row * labels + label] = discreteGaussian(sigma, keyedWords(key, POOL_BYTES));
      }
    });
    return offsets;
  }
}
