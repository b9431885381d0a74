/** Values of the first chunk: a table of many columns and few rows stays small. */
const FIRST_CHUNK = 1 << 6;
/** Values of a later chunk, at most: large enough to be quick, small enough to waste little. */
const LARGEST_CHUNK = 1 << 14;

type Numeric = Float64Array | Int32Array | Int8Array;

/** A typed array of unknown final length, without the copies of doubling. */
export class Growing<T extends Numeric> {
  readonly #make: (length: number) => T;
  #full: T[] = [];
  #open: T;
  #used = 0;
  #before = 0;

  constructor(make: (length: number) => T) {
    this.#make = make;
    this.#open = make(0); // nothing is taken up before the first value
  }

  get length(): number {
    return this.#before + this.#used;
  }

  push(value: number): void {
    if (this.#used === this.#open.length) {
      if (this.#used > 0) this.#full.push(this.#open);
      this.#before += this.#used;
      this.#open = this.#make(Math.min(LARGEST_CHUNK, Math.max(FIRST_CHUNK, 2 * this.#used)));
      this.#used = 0;
    }
    this.#open[this.#used++] = value;
  }

  /** All values in one array; the chunks are let go. */
  finish(): T {
    const whole = this.#make(this.length);
    let at = 0;
    for (const chunk of this.#full) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    whole.set(this.#open.subarray(0, this.#used), at);
    this.#full = [];
    this.#open = this.#make(0);
    this.#used = this.#before = 0;
    return whole;
  }
}

/** Codes of levels: a byte each while there are few levels, four bytes from then on. */
export class GrowingCodes {
  #few: Growing<Int8Array> | undefined = new Growing((length) => new Int8Array(length));
  readonly #many = new Growing((length) => new Int32Array(length));

  push(code: number): void {
    if (this.#few !== undefined) {
      if (code < 127) {
        this.#few.push(code);
        return;
      }
      for (const early of this.#few.finish()) this.#many.push(early);
      this.#few = undefined;
    }
    this.#many.push(code);
  }

  finish(): Int32Array {
    return this.#few === undefined ? this.#many.finish() : Int32Array.from(this.#few.finish());
  }
}
