import { at } from "@moongate/errors";
import type { LossDistribution } from "./loss.ts";

/**
 * The hockey-stick divergence of a loss on a grid: δ(ε) = E[(1 − e^(ε−loss))₊], linear in e^ε
 * between grid points.
 */
export class Divergence {
  readonly #interval: number;
  readonly #first: number;
  /** δ at each grid point from `first` on. */
  readonly #values: Float64Array;

  constructor({ interval, first, masses, infinite }: LossDistribution) {
    this.#interval = interval;
    this.#first = first;
    this.#values = new Float64Array(masses.length);
    const step = -Math.expm1(-interval);
    let [finite, above] = [0, 0];
    for (let i = masses.length - 1; i >= 0; i--) {
      this.#values[i] = finite + infinite;
      above += at(masses, i);
      // Σ m (1 − e^−(k+1)h) = e^−h Σ m (1 − e^−kh) + (1 − e^−h) Σ m: no subtraction
      finite = finite * (1 - step) + step * above;
    }
  }

  /** δ at ε, any real number. */
  delta(epsilon: number): number {
    const position = epsilon / this.#interval - this.#first;
    const point = Math.floor(position);
    const last = this.#values.length - 1;
    if (point < 0) return 1;
    if (point >= last) return at(this.#values, last);
    const [left, right] = [at(this.#values, point), at(this.#values, point + 1)];
    const share = Math.expm1((position - point) * this.#interval) / Math.expm1(this.#interval);
    return left + (right - left) * share;
  }

  /** The least ε ≥ 0 with that δ; ∞ if more than δ has an infinite loss. */
  epsilon(delta: number): number {
    const values = this.#values;
    if (at(values, values.length - 1) > delta) return Infinity;
    if (this.delta(0) <= delta) return 0;
    let [left, right] = [0, values.length - 1];
    while (right - left > 1) {
      const middle = (left + right) >>> 1;
      if (at(values, middle) <= delta) right = middle;
      else left = middle;
    }
    const drop = at(values, left) - at(values, right);
    const share = Math.min(1, Math.max(0, (at(values, left) - delta) / drop));
    const within = Math.log1p(share * Math.expm1(this.#interval));
    return Math.max(0, (this.#first + left) * this.#interval + within);
  }
}
