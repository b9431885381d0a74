import { permutation } from "./seeded.ts";

/** The rows that each step of an epoch takes. */
export type BatchSchedule = (epoch: number) => Iterable<Uint32Array>;

/** All rows, in a new order every epoch; the last batch may be smaller. */
export function shuffledBatches(seed: string, rows: number, batchSize: number): BatchSchedule {
  return function* (epoch) {
    const order = permutation(`${seed} epoch ${epoch}`, rows);
    for (let from = 0; from < rows; from += batchSize) {
      yield order.subarray(from, from + batchSize);
    }
  };
}

/** The last steps still move a little. */
const RATE_FLOOR = 0.02;

/** Half a cosine from 1 down to 2% as progress goes from 0 to 1 (Loshchilov and Hutter, 2017). */
export function cosineDecay(progress: number): number {
  return RATE_FLOOR + (1 - RATE_FLOOR) * (0.5 + 0.5 * Math.cos(Math.PI * progress));
}
