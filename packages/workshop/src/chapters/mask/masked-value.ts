import { sha256 } from "@moongate/crypto";
import { at, asMoongateError } from "@moongate/errors";
import { MaskStreams } from "@moongate/mpc";
import { type Arena, type Matrix, Ring } from "@moongate/ring";

/** Fractional bits of a value in the ring, as features have. */
const BITS = 16;

/** Sends values as a party does: one mask a label, drawn from the streams that sessions use. */
export class MaskedSender {
  readonly #ring: Ring;
  /** Memory of one call, reset by the next. */
  readonly #memory: Arena;
  readonly #masks = new MaskStreams(sha256("moongate/1 workshop mask chapter"), {
    session: "workshop",
    incarnation: 0,
  });
  #step = 0;

  private constructor(ring: Ring) {
    this.#ring = ring;
    this.#memory = ring.arena();
    this.#masks.openStep(0);
  }

  static async create(): Promise<MaskedSender> {
    return new MaskedSender(await Ring.create({ maximumMegabytes: 64 }));
  }

  /** The word of a value: two's complement with fractional bits, modulo 2^64. */
  word(value: number): bigint {
    this.#memory.reset();
    return at(this.#encoded(Float64Array.of(value)).words(), 0);
  }

  /** The word of a value under a mask that somebody chose by hand. */
  under(value: number, mask: bigint): bigint {
    this.#memory.reset();
    const chosen = this.#ring.fromBigints([mask], 1, 1, this.#memory);
    const sum = this.#ring.add(chosen, this.#encoded(Float64Array.of(value)), chosen);
    return at(sum.words(), 0);
  }

  /** value + mask modulo 2^64 of every value, under masks that nothing was sent under before. */
  fresh(values: Float64Array): BigUint64Array {
    this.#memory.reset();
    const mask = this.#mask(values.length);
    return this.#ring.add(mask, this.#encoded(values), mask).words().slice();
  }

  /** Two rows of values under the same masks: what must never happen. */
  reused(
    first: Float64Array,
    second: Float64Array,
  ): readonly [first: BigUint64Array, second: BigUint64Array] {
    this.#memory.reset();
    const mask = this.#mask(first.length);
    const sent = (values: Float64Array): BigUint64Array => {
      const encoded = this.#encoded(values);
      return this.#ring.add(encoded, encoded, mask).words().slice();
    };
    return [sent(first), sent(second)];
  }

  /** What two rows of words say to anybody who subtracts them. */
  difference(first: BigUint64Array, second: BigUint64Array): Float64Array {
    this.#memory.reset();
    const [a, b] = [first, second].map((words) =>
      this.#ring.fromBigints([...words], 1, words.length, this.#memory),
    );
    if (a === undefined || b === undefined) throw new Error("two rows are subtracted");
    return this.#ring.decode(this.#ring.subtract(a, a, b), BITS);
  }

  /** The registry's answer to somebody who asks for the same mask again: its code and sentence. */
  refusal(): string {
    try {
      this.#masks.stream(0, "x");
      this.#masks.stream(0, "x");
      return "";
    } catch (thrown) {
      const { code, message } = asMoongateError(thrown);
      return `${code}: ${message}`;
    }
  }

  #encoded(values: Float64Array): Matrix {
    return this.#ring.encode(this.#memory.matrix(1, values.length), values, BITS);
  }

  /** Fresh masks, in a step of their own. */
  #mask(length: number): Matrix {
    this.#step += 1;
    this.#masks.openStep(this.#step);
    const mask = this.#memory.matrix(1, length);
    this.#masks.stream(0, "x").fill(mask.bytes());
    return mask;
  }
}

/** How many words fall into each of the bins of the ring. */
export function spread(words: BigUint64Array, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const word of words) {
    const bin = Number((word * BigInt(bins)) >> 64n);
    counts[bin] = at(counts, bin) + 1;
  }
  return counts;
}
