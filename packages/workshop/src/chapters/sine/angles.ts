import { at } from "@moongate/errors";
import { Ring } from "@moongate/ring";

/** Fractional bits of sines, as many as the ring's table has. */
const BITS = 30;

/** An angle, what hides it, and what the identity needs of both. */
export interface TakenOff {
  /** The opened angle, in turns. */
  readonly opened: number;
  readonly public: { readonly sine: number; readonly cosine: number };
  readonly dealt: { readonly sine: number; readonly cosine: number };
  /** sin c cos r − cos c sin r. */
  readonly recovered: number;
  /** The sine of the secret angle itself, for comparison. */
  readonly direct: number;
}

/** Angles and sines in whole numbers: the ring's, that all three processes share to the last bit. */
export class Angles {
  readonly #ring: Ring;

  private constructor(ring: Ring) {
    this.#ring = ring;
  }

  static async create(): Promise<Angles> {
    return new Angles(await Ring.create({ maximumMegabytes: 16 }));
  }

  /** Takes a mask off a sine. @param secret and @param mask in 1/360 of a turn. */
  takeOff(secret: number, mask: number): TakenOff {
    const ring = this.#ring;
    const memory = ring.arena();
    const word = (degrees: number) => {
      const words = memory.words(1);
      words.words()[0] = Math.round((degrees / 360) * 2 ** 32) % 2 ** 32;
      return words;
    };
    const [u, r] = [word(secret), word(mask)];
    const c = ring.addWords(memory.words(1), u, r);
    const both = (angle: typeof u) => {
      const [sine = 0, cosine = 0] = ring.decode(
        ring.harmonics(memory.matrix(2, 1), angle, BITS),
        BITS,
      );
      return { sine, cosine };
    };
    const [open, dealt] = [both(c), both(r)];
    const left = ring.encode(memory.matrix(1, 2), [open.sine, -open.cosine], BITS);
    const right = ring.encode(memory.matrix(2, 1), [dealt.cosine, dealt.sine], BITS);
    const sum = ring.multiply(memory.matrix(1, 1), left, right);
    const opened = at(c.words(), 0) / 2 ** 32;
    const recovered = at(ring.decode(sum, 2 * BITS), 0);
    const direct = both(u).sine;
    memory.reset();
    return { opened, public: open, dealt, recovered, direct };
  }
}
