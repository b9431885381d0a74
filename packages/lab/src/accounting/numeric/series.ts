import { at } from "@moongate/errors";

/** A sum of terms ± exp(log), of any size: kept relative to the largest so far, with compensation. */
export class SignedSum {
  #largest = -Infinity;
  #sum = 0;
  #lost = 0;

  add(sign: number, log: number): void {
    if (log === -Infinity) return;
    if (log > this.#largest) {
      const scale = Math.exp(this.#largest - log);
      this.#sum *= scale;
      this.#lost *= scale;
      this.#largest = log;
    }
    // Neumaier's compensated summation
    const term = sign * Math.exp(log - this.#largest);
    const next = this.#sum + term;
    this.#lost +=
      Math.abs(this.#sum) >= Math.abs(term) ? this.#sum - next + term : term - next + this.#sum;
    this.#sum = next;
  }

  /** The logarithm of the sum; NaN if it is negative, −∞ if it is empty. */
  log(): number {
    return this.#largest === -Infinity
      ? -Infinity
      : this.#largest + Math.log(this.#sum + this.#lost);
  }
}

/**
 * a₀ − a₁ + a₂ − … to infinity from its first n terms, which must fall smoothly: algorithm 1 of
 * Cohen, Rodriguez Villegas and Zagier, "Convergence Acceleration of Alternating Series"
 * (Experimental Mathematics 9, 2000). Relative error about 5.8^−n.
 */
export function alternatingTail(terms: ArrayLike<number>): number {
  const n = terms.length;
  const power = (3 + Math.sqrt(8)) ** n;
  const d = (power + 1 / power) / 2;
  let [b, c, sum] = [-1, -d, 0];
  for (let k = 0; k < n; k++) {
    c = b - c;
    sum += c * at(terms, k);
    b = ((k + n) * (k - n) * b) / ((k + 0.5) * (k + 1));
  }
  return sum / d;
}
