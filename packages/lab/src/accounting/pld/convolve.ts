import { MoongateError } from "@moongate/errors";
import { FourierTransform } from "../numeric/fft.ts";
import type { BothDirections, LossDistribution } from "./loss.ts";
import { type Summand, TAIL, type LossWindow } from "./window.ts";

/**
 * Distributions of sums of independent losses: transforms multiplied, each raised to its number of
 * times. The two directions are the real and the imaginary part of one transform.
 *
 * The transform is circular: what lies outside the window comes in at its other end. That is at most
 * {@link TAIL} on either side; as mass from above may thus look harmless, it is added to the infinite
 * loss, and so is an allowance for rounding.
 */
export function convolve(
  summands: readonly Summand<BothDirections<LossDistribution>>[],
  windows: BothDirections<LossWindow>,
  interval: number,
): BothDirections<LossDistribution> {
  const first = {
    remove: Math.floor(windows.remove.low / interval),
    add: Math.floor(windows.add.low / interval),
  };
  const needed = Math.max(
    Math.ceil(windows.remove.high / interval) - first.remove,
    Math.ceil(windows.add.high / interval) - first.add,
  );
  const length = 2 ** Math.ceil(Math.log2(Math.max(2, needed + 1)));
  if (length > LONGEST) {
    const cause = `an interval of ${interval} needs ${needed} points for the sum of losses`;
    throw new MoongateError("USAGE", cause, { cure: "Give a larger interval." });
  }
  const transform = new FourierTransform(length);

  const spectra = { remove: new Spectrum(length), add: new Spectrum(length) };
  for (const { loss, times } of summands) {
    const [real, imaginary] = [wrapped(loss.remove, length), wrapped(loss.add, length)];
    transform.forward(real, imaginary);
    for (let f = 0; f <= length / 2; f++) {
      const mirror = (length - f) % length;
      const re = real[f] ?? 0;
      const im = imaginary[f] ?? 0;
      const mirrorRe = real[mirror] ?? 0;
      const mirrorIm = imaginary[mirror] ?? 0;
      // z = a + ib with a, b real: a and b are the two parts of z that mirror differently
      spectra.remove.multiply(f, (re + mirrorRe) / 2, (im - mirrorIm) / 2, times);
      spectra.add.multiply(f, (im + mirrorIm) / 2, (mirrorRe - re) / 2, times);
    }
  }

  const [real, imaginary] = [new Float64Array(length), new Float64Array(length)];
  for (let f = 0; f <= length / 2; f++) {
    const mirror = (length - f) % length;
    const removeSize = spectra.remove.size(f);
    const removeAngle = spectra.remove.angle(f);
    const addSize = spectra.add.size(f);
    const addAngle = spectra.add.angle(f);
    const removeRe = removeSize * Math.cos(removeAngle);
    const removeIm = removeSize * Math.sin(removeAngle);
    const addRe = addSize * Math.cos(addAngle);
    const addIm = addSize * Math.sin(addAngle);
    real[f] = removeRe - addIm;
    imaginary[f] = removeIm + addRe;
    real[mirror] = removeRe + addIm;
    imaginary[mirror] = addRe - removeIm;
  }
  transform.inverse(real, imaginary);

  const infinite = (direction: "remove" | "add"): number => {
    let [log, rounding] = [0, 0];
    for (const { loss, times } of summands) {
      log += times * Math.log1p(-loss[direction].infinite);
      rounding += times * ROUNDING;
    }
    return TAIL + rounding - Math.expm1(log);
  };
  const unwrapped = (direction: "remove" | "add", circle: Float64Array): LossDistribution => ({
    interval,
    first: first[direction],
    masses: rotated(circle, first[direction]),
    infinite: infinite(direction),
  });
  return { remove: unwrapped("remove", real), add: unwrapped("add", imaginary) };
}

/** Numbers of a transform, four arrays of which are in memory at once. */
const LONGEST = 2 ** 23;

/** What a power of a transform may be off by, for each time: measured below a third of it. */
const ROUNDING = 4 * Number.EPSILON;

/** Masses on a circle of grid points. */
function wrapped({ first, masses }: LossDistribution, length: number): Float64Array {
  const circle = new Float64Array(length);
  for (const [i, mass] of masses.entries()) {
    const at = modulo(first + i, length);
    circle[at] = (circle[at] ?? 0) + mass;
  }
  return circle;
}

/** The circle's points from `first` on. */
function rotated(circle: Float64Array, first: number): Float64Array {
  const from = modulo(first, circle.length);
  const line = new Float64Array(circle.length);
  line.set(circle.subarray(from));
  line.set(circle.subarray(0, from), circle.length - from);
  return line;
}

const modulo = (value: number, length: number): number => ((value % length) + length) % length;

/** A product of powers, by absolute value (its logarithm) and angle; frequencies up to the middle. */
class Spectrum {
  readonly #log: Float64Array;
  readonly #angle: Float64Array;

  constructor(length: number) {
    this.#log = new Float64Array(length / 2 + 1);
    this.#angle = new Float64Array(length / 2 + 1);
  }

  multiply(f: number, re: number, im: number, times: number): void {
    this.#log[f] = (this.#log[f] ?? 0) + times * (Math.log(re * re + im * im) / 2);
    this.#angle[f] = (this.#angle[f] ?? 0) + times * Math.atan2(im, re);
  }

  size(f: number): number {
    return Math.exp(this.#log[f] ?? 0);
  }

  angle(f: number): number {
    return this.#angle[f] ?? 0;
  }
}
