import { at } from "@moongate/errors";
import type { OpenedTensor } from "@moongate/mpc";
import { auc } from "@moongate/statistics";

/** The opening that would be the error of every training row, p − y, if it were not masked. */
const ERROR = { operation: "sine-backward", tensor: "epsilon" } as const;

/**
 * Media's attempt on the labels: it adds up, for every training row, the words in which the error
 * of that row was opened, and ranks rows by them. Without masks the error of a buyer is negative.
 */
export class ErrorReader {
  readonly #sums = new Map<number, number>();
  #rows = new Uint32Array();

  /** Remembers which rows the next step takes. */
  batch(rows: Uint32Array): void {
    this.#rows = rows.slice();
  }

  take({ operation, tensor, source, bytes }: OpenedTensor): void {
    if (operation !== ERROR.operation || tensor !== ERROR.tensor || source !== "opened") return;
    const words = new BigInt64Array(bytes.slice().buffer);
    this.#rows.forEach((row, place) => {
      const before = this.#sums.get(row) ?? 0;
      this.#sums.set(row, before - Number(at(words, place)) / 2 ** 63);
    });
  }

  /** The score of each training row: the larger, the more likely a buyer. */
  scores(rows: number): Float64Array {
    return Float64Array.from({ length: rows }, (_, row) => this.#sums.get(row) ?? 0);
  }
}

/** The leak AUC of the attempt: one half is chance, 1 is every label. */
export const leakAuc = (scores: Float64Array, labels: Uint8Array): number => auc(scores, labels);
