import { at, MoongateError } from "@moongate/errors";
import { normalCdf } from "@moongate/statistics";
import { requirePositive, requireRate } from "@moongate/statistics";
import type { SampledGaussian } from "../sampled-gaussian-rdp.ts";
import { integrate } from "./integrate.ts";
import {
  type BothDirections,
  type LossDistribution,
  LossGrid,
  type LossMechanism,
  type LossSketch,
} from "./loss.ts";

/** Outcomes farther than this many standard deviations are cut off: 10^−23 of the mass. */
const REACH = 10;

/** The least noise; with less of it a likelihood ratio would overflow. */
const LEAST_NOISE = 0.05;

/**
 * The privacy loss of one step of the sampled Gaussian mechanism under adding or removing a row.
 * Without the row the outcome is N(0, σ²), with it (1−q) N(0, σ²) + q N(1, σ²): this pair dominates
 * every other (Zhu, Dong and Wang, AISTATS 2022, arXiv 2106.08567).
 *
 * @throws USAGE for a noise multiplier below 0.05, whose ε is in the hundreds, and for parameters
 *   outside their domain.
 */
export function sampledGaussianLoss(mechanism: SampledGaussian): LossMechanism {
  const { noiseMultiplier, sampleRate } = mechanism;
  requirePositive("the noise multiplier", noiseMultiplier);
  requireRate(sampleRate);
  if (noiseMultiplier < LEAST_NOISE) {
    const cause = `a noise multiplier of ${noiseMultiplier} is too small for this accountant`;
    throw new MoongateError("USAGE", cause, { cure: "Add more noise, or use Rényi accounting." });
  }
  const pair = new Pair(noiseMultiplier, sampleRate);
  return {
    sketch: () => pair.sketch(),
    discretise: (interval) => pair.discretise(interval),
  };
}

class Pair {
  readonly #sigma: number;
  readonly #q: number;
  readonly #low: number;
  readonly #high: number;
  /** What is integrated is smooth on this scale: its nearest singularity is π σ² away. */
  readonly #panel: number;

  constructor(sigma: number, q: number) {
    this.#sigma = sigma;
    this.#q = q;
    this.#low = -REACH * sigma;
    this.#high = 1 + REACH * sigma;
    this.#panel = Math.min(sigma, sigma * sigma) / 4;
  }

  sketch(): BothDirections<LossSketch> {
    const points = Math.max(600, Math.ceil((this.#high - this.#low) / this.#panel));
    const [losses, negated] = [new Float64Array(points), new Float64Array(points)];
    const [remove, add] = [new Float64Array(points), new Float64Array(points)];
    const width = (this.#high - this.#low) / points;
    for (let i = 0; i < points; i++) {
      const x = this.#low + (i + 0.5) * width;
      losses[i] = Math.log(this.#ratio(x));
      negated[i] = -at(losses, i);
      add[i] = this.#density(x) * width;
      remove[i] = at(add, i) * this.#ratio(x);
    }
    remove[0] = at(remove, 0) + normalCdf(this.#low / this.#sigma);
    add[points - 1] = at(add, points - 1) + normalCdf(-this.#high / this.#sigma);
    return { remove: { losses, masses: remove }, add: { losses: negated, masses: add } };
  }

  /**
   * Cuts the outcomes where the log ratio passes a grid point, and integrates over each cell what
   * belongs to its upper point (see {@link LossGrid}): no difference of nearly equal masses. If the
   * row is removed the loss is the log ratio; if added, its negative, and a cell's ends change
   * places.
   */
  discretise(interval: number): BothDirections<LossDistribution> {
    const [least, most] = [Math.log(this.#ratio(this.#low)), Math.log(this.#ratio(this.#high))];
    const remove = new LossGrid(interval, least, most);
    const add = new LossGrid(interval, -most, -least);
    const whole = -Math.expm1(-interval);
    let from = this.#low;
    for (let cell = Math.floor(least / interval); from < this.#high; cell++) {
      const to = Math.min(this.#high, Math.max(from, this.#outcome((cell + 1) * interval)));
      const lower = Math.exp(cell * interval);
      const upper = Math.exp((cell + 1) * interval);
      let [removed, removedAbove, added, addedAbove] = [0, 0, 0, 0];
      integrate(from, to, this.#panel, (x, width) => {
        const ratio = this.#ratio(x);
        const mass = this.#density(x) * width;
        added += mass;
        removed += mass * ratio;
        // (1 − e^−distance) / (1 − e^−interval), from the lower end of the loss
        removedAbove += mass * ratio * share((1 - lower / ratio) / whole);
        addedAbove += mass * share((1 - ratio / upper) / whole);
      });
      remove.addAt(cell + 1, removedAbove);
      remove.addAt(cell, removed - removedAbove);
      add.addAt(-cell, addedAbove);
      add.addAt(-cell - 1, added - addedAbove);
      from = to;
    }
    // of the two tails one has the largest losses: it counts as infinite; the other as the least
    const [below, above] = [
      normalCdf(this.#low / this.#sigma),
      normalCdf(-this.#high / this.#sigma),
    ];
    remove.infinite = (1 - this.#q) * above + this.#q * normalCdf(-REACH);
    remove.addAt(remove.first + 1, below);
    add.infinite = below;
    add.addAt(add.first + 1, above);
    return { remove: remove.result(), add: add.result() };
  }

  /** Density with the row over density without it; grows with the outcome. */
  #ratio(x: number): number {
    const exponent = (2 * x - 1) / (2 * this.#sigma * this.#sigma);
    if (exponent < -1) return 1 - this.#q + this.#q * Math.exp(exponent);
    return 1 + this.#q * Math.expm1(exponent);
  }

  /** The outcome with that log ratio; −∞ if there is none. */
  #outcome(logRatio: number): number {
    const exponent =
      this.#q === 1 ? logRatio : Math.log1p(Math.max(-1, Math.expm1(logRatio) / this.#q));
    return 0.5 + this.#sigma * this.#sigma * exponent;
  }

  /** Density without the row. */
  #density(x: number): number {
    const scaled = x / this.#sigma;
    return Math.exp((-scaled * scaled) / 2) / (this.#sigma * Math.sqrt(2 * Math.PI));
  }
}

/** A share of mass, whatever rounding says. */
const share = (value: number): number => Math.min(1, Math.max(0, value));
