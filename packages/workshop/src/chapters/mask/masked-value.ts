import { sha256 } from "@moongate/crypto";
import { at, asMoongateError } from "@moongate/errors";
import { MaskStreams } from "@moongate/mpc";

/** A value in the ring: 16 fractional bits, two's complement, modulo 2^64. */
export const encoded = (value: number): bigint =>
  BigInt.asUintN(64, BigInt(Math.round(value * 2 ** 16)));

/** Sends values as a party does: one mask a label, drawn from the streams that sessions use. */
export class MaskedSender {
  readonly #masks = new MaskStreams(sha256("moongate/1 workshop mask chapter"), {
    session: "workshop",
    incarnation: 0,
  });
  #step = 0;

  constructor() {
    this.#masks.openStep(0);
  }

  /** value + mask modulo 2^64, under a mask that nothing was sent under before. */
  fresh(value: number): bigint {
    this.#step += 1;
    this.#masks.openStep(this.#step);
    return BigInt.asUintN(64, encoded(value) + wordOf(this.#masks, "x"));
  }

  /** Two values under one mask: what must never happen. */
  reused(first: number, second: number): readonly [bigint, bigint] {
    this.#step += 1;
    this.#masks.openStep(this.#step);
    const mask = wordOf(this.#masks, "x");
    return [BigInt.asUintN(64, encoded(first) + mask), BigInt.asUintN(64, encoded(second) + mask)];
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
}

function wordOf(masks: MaskStreams, tensor: string): bigint {
  const bytes = new Uint8Array(8);
  masks.stream(0, tensor).fill(bytes);
  return new DataView(bytes.buffer).getBigUint64(0, true);
}

/** What two words under one mask say to anybody: the difference of the values. */
export const difference = (first: bigint, second: bigint): number =>
  Number(BigInt.asIntN(64, first - second)) / 2 ** 16;

/** How many of so many fresh words of one value fall into each of the bins of the ring. */
export function spread(sender: MaskedSender, value: number, words: number, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (let n = 0; n < words; n++) {
    const bin = Number((sender.fresh(value) * BigInt(bins)) >> 64n);
    counts[bin] = at(counts, bin) + 1;
  }
  return counts;
}
