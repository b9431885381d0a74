import { at } from "@moongate/errors";
import { keystream, sha256 } from "@moongate/crypto";
import type { Rows } from "../values.ts";

/**
 * The public schedule: every process derives the same batches from the session's public seed, so
 * no control message is needed inside an epoch. Only exact integer and IEEE arithmetic is used:
 * a process on another engine must not differ by a bit.
 */

/**
 * Rows 0..rows−1, shuffled for that epoch and cut into batches (the last may be smaller).
 *
 * Blocks of consecutive rows stay together, at least 16 to a full batch: rows are in random order
 * to begin with (alignment sorts them by a keyed hash), and blocks let rows be read, and masks be
 * expanded, in stretches.
 */
export function batches(seed: string, epoch: number, rows: number, batchSize: number): Rows[] {
  const size = blockSize(batchSize);
  const blocks = shuffled(
    Math.ceil(rows / size),
    `moongate/1 batches ${JSON.stringify([seed, epoch])}`,
  );
  const order = new Uint32Array(rows);
  let next = 0;
  for (const block of blocks) {
    const end = Math.min((block + 1) * size, rows);
    for (let row = block * size; row < end; row++) order[next++] = row;
  }
  const cut: Rows[] = [];
  for (let from = 0; from < rows; from += batchSize)
    cut.push(order.subarray(from, from + batchSize));
  return cut;
}

/** The largest power of two of which 16 fit a batch, at most 64. */
export const blockSize = (batchSize: number): number =>
  2 ** Math.min(6, Math.max(0, Math.floor(Math.log2(batchSize / 16))));

/** Fisher–Yates over 0..length−1, driven by AES-256-CTR keyed with the hash of a public label. */
function shuffled(length: number, label: string): Rows {
  const order = Uint32Array.from({ length }, (_, index) => index);
  const next = publicWords(label, length);
  for (let i = length - 1; i > 0; i--) {
    const j = next(i + 1);
    const swapped = at(order, i);
    order[i] = at(order, j);
    order[j] = swapped;
  }
  return order;
}

/** Uniform integers below a bound, by rejection of the words that would bias them. */
function publicWords(label: string, expected: number): (bound: number) => number {
  const stream = keystream(sha256(label));
  const bytes = new Uint8Array(4 * Math.min(Math.max(expected, 16), 1 << 14));
  const words = new DataView(bytes.buffer);
  let offset = bytes.length;
  return (bound) => {
    const limit = 2 ** 32 - (2 ** 32 % bound);
    for (;;) {
      if (offset >= words.byteLength) {
        stream.fill(bytes);
        offset = 0;
      }
      const word = words.getUint32(offset, true);
      offset += 4;
      if (word < limit) return word % bound;
    }
  };
}

/**
 * Public, normally distributed starts of weights (sums of twelve uniforms). Only one machine uses
 * them, and nobody needs to keep them secret: what weights become is masked from the first step.
 */
export function normals(label: string, length: number): Float64Array {
  const next = publicWords(`moongate/1 start ${JSON.stringify(label)}`, 12 * length);
  const uniform = (): number => next(2 ** 24) / 2 ** 24;
  return Float64Array.from({ length }, () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += uniform();
    return sum;
  });
}

/** Half a cosine from 1 down to `floor` as progress goes from 0 to 1. */
export function cosineDecay(progress: number, floor: number): number {
  return floor + (1 - floor) * (0.5 + 0.5 * cosineOfHalfTurns(progress));
}

/** The last steps still move a little. */
const RATE_FLOOR = 0.02;

/** The share of steps, and their least number, over which a rate rises that is to rise. */
const RISE = { share: 0.25, steps: 5 };

/**
 * A step's share of the learning rate: half a cosine down; with `warmUp` times a straight rise over
 * the first quarter of the steps.
 * @param done steps before it.
 */
export function rateShape(done: number, total: number, warmUp = false): number {
  const down = cosineDecay(done / total, RATE_FLOOR);
  if (!warmUp) return down;
  const rise = Math.max(RISE.share * total, Math.min(RISE.steps, total));
  return down * Math.min(1, (done + 1) / (rise + 1));
}

/** cos(πt) for t in [0, 1] by its Taylor series about 1/2: exact IEEE steps, error below 1e-9. */
function cosineOfHalfTurns(t: number): number {
  const x = Math.PI * (0.5 - t);
  const square = x * x;
  let [term, sum] = [x, x];
  for (let k = 2; k <= 14; k += 2) {
    term *= -square / (k * (k + 1));
    sum += term;
  }
  return sum;
}
