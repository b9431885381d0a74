/** Values a chunk: large enough to be quick, small enough to waste little. */
const CHUNK = 1 << 14;

type Numeric = Float64Array | Int32Array | Int8Array;

/** A typed array of unknown final length, without the copies of doubling. */
export class Growing<T extends Numeric> {
  readonly #make: (length: number) => T;
  #full: T[] = [];
  #open: T;
  #used = 0;

  constructor(make: (length: number) => T) {
    this.#make = make;
    this.#open = make(0); // nothing is taken up before the first value
  }

  push(value: number): void {
    if (this.#used === this.#open.length) {
      if (this.#used > 0) this.#full.push(this.#open);
      this.#open = this.#make(CHUNK);
      this.#used = 0;
    }
    this.#open[this.#used++] = value;
  }

  /** All values in one array; the chunks are let go. */
  finish(): T {
    const whole = this.#make(this.#full.length * CHUNK + this.#used);
    this.#full.forEach((chunk, index) => {
      whole.set(chunk, index * CHUNK);
    });
    whole.set(this.#open.subarray(0, this.#used), this.#full.length * CHUNK);
    this.#full = [];
    this.#open = this.#make(0);
    this.#used = 0;
    return whole;
  }
}
