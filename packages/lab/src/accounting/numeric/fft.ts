import { MoongateError } from "@moongate/errors";

/**
 * The discrete Fourier transform of one length, a power of two: radix 2, in place, by decimation in
 * time. Its factors are each computed for themselves, so that errors grow like log n.
 */
export class FourierTransform {
  readonly length: number;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;

  constructor(length: number) {
    if (length < 1 || (length & (length - 1)) !== 0 || length > 2 ** 26) {
      throw new MoongateError("INTERNAL", `a transform of length ${length} is not a power of two`);
    }
    this.length = length;
    const half = length / 2;
    this.#cos = new Float64Array(half);
    this.#sin = new Float64Array(half);
    for (let i = 0; i < half; i++) {
      this.#cos[i] = Math.cos((2 * Math.PI * i) / length);
      this.#sin[i] = -Math.sin((2 * Math.PI * i) / length);
    }
  }

  /** Σ_s z_s exp(−2πi fs/n) in place of z. */
  forward(real: Float64Array, imaginary: Float64Array): void {
    if (real.length !== this.length || imaginary.length !== this.length) {
      throw new MoongateError("SHAPE_MISMATCH", "a transform is of another length than its input");
    }
    permute(real, imaginary);
    for (let size = 1; size < this.length; size *= 2) this.#butterflies(real, imaginary, size);
  }

  /** Undoes {@link forward}. */
  inverse(real: Float64Array, imaginary: Float64Array): void {
    // exchanging the parts conjugates what goes in and what comes out
    this.forward(imaginary, real);
    for (let i = 0; i < this.length; i++) {
      real[i] = (real[i] ?? 0) / this.length;
      imaginary[i] = (imaginary[i] ?? 0) / this.length;
    }
  }

  // no tuples in the two loops below: they would be allocated
  #butterflies(real: Float64Array, imaginary: Float64Array, size: number): void {
    const stride = this.length / (2 * size);
    for (let start = 0; start < this.length; start += 2 * size) {
      for (let i = start, at = 0; i < start + size; i++, at += stride) {
        const cos = this.#cos[at] ?? 0;
        const sin = this.#sin[at] ?? 0;
        const j = i + size;
        const re = real[j] ?? 0;
        const im = imaginary[j] ?? 0;
        const turnedRe = re * cos - im * sin;
        const turnedIm = re * sin + im * cos;
        const baseRe = real[i] ?? 0;
        const baseIm = imaginary[i] ?? 0;
        real[i] = baseRe + turnedRe;
        imaginary[i] = baseIm + turnedIm;
        real[j] = baseRe - turnedRe;
        imaginary[j] = baseIm - turnedIm;
      }
    }
  }
}

/** Brings element i to where the bits of i stand in reverse. */
function permute(real: Float64Array, imaginary: Float64Array): void {
  const n = real.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      const re = real[i] ?? 0;
      real[i] = real[j] ?? 0;
      real[j] = re;
      const im = imaginary[i] ?? 0;
      imaginary[i] = imaginary[j] ?? 0;
      imaginary[j] = im;
    }
  }
}
