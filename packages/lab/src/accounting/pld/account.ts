import { at, MoongateError } from "@moongate/errors";
import { requireCount, requireDelta, requireEpsilon, requirePositive } from "@moongate/statistics";
import { convolve } from "./convolve.ts";
import { Divergence } from "./divergence.ts";
import type { BothDirections, LossMechanism, LossSketch } from "./loss.ts";
import { gridWindow, type SketchedWindow, sketchWindow, type Summand } from "./window.ts";

/** A mechanism and how many times it is run. */
export interface Repeated {
  readonly mechanism: LossMechanism;
  readonly times: number;
}

export interface PldOptions {
  /** Distance of grid points; chosen by the losses if not given. */
  readonly interval?: number;
}

/** The finest grid that needs no reason, and the most points a sum may have unless asked for. */
const FINE = 1e-4;
const POINTS = 2 ** 20;
/** Grid points to a standard deviation of one loss: its variance grows by at most 1/16,384. */
const RESOLUTION = 64;
/**
 * (ε, δ) of mechanisms run one after the other, by convolution of their privacy losses.
 *
 * What it says is an upper bound, tight to the second order of the interval; how far it can be from
 * the truth is bounded by {@link PldAccount.epsilonAtLeast}. Composition adds 10^−15 a run to δ for
 * rounding: near that, ε comes out too large, and below it infinite.
 */
export class PldAccount {
  readonly interval: number;
  readonly #times: number;
  readonly #divergences: readonly Divergence[];

  /** @throws USAGE for parameters outside their domain. */
  constructor(runs: readonly Repeated[], options: PldOptions = {}) {
    if (runs.length === 0) throw new MoongateError("INTERNAL", "there is nothing to account for");
    for (const { times } of runs) requireCount("the number of times", times);
    this.#times = runs.reduce((sum, { times }) => sum + times, 0);
    const sketches = runs.map(({ mechanism, times }) => ({ loss: mechanism.sketch(), times }));
    const planned = both((direction) => sketchWindow(pick(sketches, direction)));
    this.interval = options.interval ?? chooseInterval(sketches, planned);
    requirePositive("the interval", this.interval);
    this.#divergences = this.#compose(runs, planned);
  }

  /** δ at ε: of the two directions the larger. */
  delta(epsilon: number): number {
    requireEpsilon(epsilon);
    return Math.min(1, Math.max(...this.#divergences.map((one) => one.delta(epsilon))));
  }

  /** The least ε ≥ 0 with that δ; infinite if δ is below what composition resolves. */
  epsilon(delta: number): number {
    requireDelta(delta);
    return Math.max(...this.#divergences.map((one) => one.epsilon(delta)));
  }

  /**
   * A proven lower bound of the true ε at δ, so that {@link epsilon} is off by no more than the
   * difference. Putting a loss on the grid moves it by at most the interval, upwards by at most
   * h²(1+h)/8 on average; by Hoeffding's inequality the sum of k of them moves by more than
   * k h²(1+h)/8 + h √(k log(1/η) / 2) only with probability η, here δ/100.
   */
  epsilonAtLeast(delta: number): number {
    requireDelta(delta);
    const [h, k, eta] = [this.interval, this.#times, delta / 100];
    const moved = (k * h * h * (1 + h)) / 8 + h * Math.sqrt((k * Math.log(1 / eta)) / 2);
    const epsilon = Math.max(...this.#divergences.map((one) => one.epsilon(delta + eta)));
    return Math.max(0, epsilon - moved);
  }

  #compose(
    runs: readonly Repeated[],
    planned: BothDirections<SketchedWindow>,
  ): readonly Divergence[] {
    const losses = runs.map(({ mechanism, times }) => ({
      loss: mechanism.discretise(this.interval),
      times,
    }));
    const [only] = losses;
    if (only !== undefined && this.#times === 1) {
      return [new Divergence(only.loss.remove), new Divergence(only.loss.add)];
    }
    const windows = both((direction) =>
      gridWindow(pick(losses, direction), planned[direction].exponents),
    );
    const { remove, add } = convolve(losses, windows, this.interval);
    return [new Divergence(remove), new Divergence(add)];
  }
}

type Direction = keyof BothDirections<unknown>;

const both = <T>(of: (direction: Direction) => T): BothDirections<T> => ({
  remove: of("remove"),
  add: of("add"),
});

const pick = <T>(
  summands: readonly Summand<BothDirections<T>>[],
  direction: Direction,
): Summand<T>[] => summands.map(({ loss, times }) => ({ loss: loss[direction], times }));

/** The grid's interval: fine enough for the narrower losses, unless the wider window is too wide. */
function chooseInterval(
  sketches: readonly Summand<BothDirections<LossSketch>>[],
  windows: BothDirections<SketchedWindow>,
): number {
  let [fine, width] = [FINE, 0];
  for (const direction of ["remove", "add"] as const) {
    let [total, variance] = [0, 0];
    for (const { loss, times } of pick(sketches, direction)) {
      total += times;
      variance += times * varianceOf(loss);
    }
    fine = Math.min(fine, Math.sqrt(variance / total) / RESOLUTION);
    width = Math.max(width, windows[direction].high - windows[direction].low);
  }
  return Math.max(fine, width / POINTS);
}

function varianceOf({ losses, masses }: LossSketch): number {
  let [sum, squares] = [0, 0];
  for (const [i, mass] of masses.entries()) sum += mass * at(losses, i);
  for (const [i, mass] of masses.entries()) squares += mass * (at(losses, i) - sum) ** 2;
  return squares;
}
