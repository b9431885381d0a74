import { at } from "@moongate/errors";
/**
 * Privacy loss distributions (Sommer, Meiser and Mohammadi, PoPETs 2019; Koskela, Jälkö and Honkela,
 * AISTATS 2020). P and Q are what a mechanism says on two neighbouring tables; the loss is
 * log P(o)/Q(o) of an outcome o drawn from P.
 */

/** A loss on the multiples of an interval, and perhaps infinite. */
export interface LossDistribution {
  readonly interval: number;
  /** The loss of masses[0] is first · interval. */
  readonly first: number;
  readonly masses: Float64Array;
  /** Mass of outcomes that Q never has, or that were cut off. */
  readonly infinite: number;
}

/** A few losses with their masses, enough to see where a loss lies and how far it reaches. */
export interface LossSketch {
  readonly losses: Float64Array;
  readonly masses: Float64Array;
}

/** What either of the two directions has: a row removed (P has it), a row added (Q has it). */
export interface BothDirections<T> {
  readonly remove: T;
  readonly add: T;
}

/** A mechanism whose privacy loss can be put on a grid of any interval. */
export interface LossMechanism {
  sketch(): BothDirections<LossSketch>;
  discretise(interval: number): BothDirections<LossDistribution>;
}

/**
 * Collects masses of losses on a grid, pessimistically and tightly: the mass of a loss between two
 * grid points is split over them so that both its mass and its mass under Q (mass · e^−loss) stay
 * what they are. The divergence is then exact at grid points and a chord above the convex true one
 * between them ("connect the dots": Doroshenko, Ghazi, Kamath, Kumar and Manurangsi, PoPETs 2022,
 * arXiv 2207.04380), so no ε that is read off it is too small.
 */
export class LossGrid {
  readonly interval: number;
  readonly first: number;
  readonly #masses: Float64Array;
  infinite = 0;

  /** Makes an empty grid for losses from `lowest` to `highest`. */
  constructor(interval: number, lowest: number, highest: number) {
    this.interval = interval;
    this.first = Math.floor(lowest / interval);
    this.#masses = new Float64Array(Math.floor(highest / interval) + 2 - this.first);
  }

  /** Adds mass at the grid point index · interval. */
  addAt(index: number, mass: number): void {
    const position = Math.min(Math.max(index - this.first, 0), this.#masses.length - 1);
    this.#masses[position] = at(this.#masses, position) + mass;
  }

  /** Adds mass at any loss in range. */
  addLoss(loss: number, mass: number): void {
    const lower = Math.floor(loss / this.interval);
    const distance = loss - lower * this.interval;
    const above = (mass * Math.expm1(-distance)) / Math.expm1(-this.interval);
    this.addAt(lower + 1, above);
    this.addAt(lower, mass - above);
  }

  result(): LossDistribution {
    const { interval, first, infinite } = this;
    return { interval, first, masses: this.#masses, infinite };
  }
}
