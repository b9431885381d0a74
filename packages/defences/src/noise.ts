import { hkdf, type Keystream, keystream, randomBytes } from "@moongate/crypto";
import { MoongateError } from "@moongate/errors";

/** Bytes of a noise key. */
const NOISE_KEY_BYTES = 32;

/** One label's numbers: each call goes on where the last one ended. */
export interface NoiseStream {
  /** Uniform on the multiples of 2^-53 in [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
}

/**
 * Secret noise of one party: HKDF-SHA256(key, label), then AES-256-CTR.
 *
 * The key is the party's own secret and random unless given. Never derive it from a public seed:
 * who knows it subtracts the noise. A key that is kept repeats an experiment bit for bit; a key
 * used again on changed data replays the noise, and the difference of the two releases is bare.
 */
export class NoiseSource {
  readonly #key: Uint8Array;
  readonly #used = new Set<string>();

  /** @throws INTERNAL if the key is not of 32 bytes. */
  constructor(key: Uint8Array = randomBytes(NOISE_KEY_BYTES)) {
    if (key.length !== NOISE_KEY_BYTES) {
      throw new MoongateError("INTERNAL", `a noise key has ${key.length} bytes, not 32`);
    }
    this.#key = Uint8Array.from(key);
  }

  /** The stream of that label. @throws MASK_REUSED when asked for a label twice. */
  stream(label: string): NoiseStream {
    if (this.#used.has(label)) {
      throw new MoongateError("MASK_REUSED", `noise "${label}" was drawn before`);
    }
    this.#used.add(label);
    const info = `moongate/1 defence noise ${label}`;
    return new Stream(hkdf(this.#key, "", info, 32));
  }
}

/** The source of a key, for callers that have one or the other. */
export const asNoise = (noise: NoiseSource | Uint8Array): NoiseSource =>
  noise instanceof NoiseSource ? noise : new NoiseSource(noise);

const CHUNK_BYTES = 1 << 14;

class Stream implements NoiseStream {
  readonly #keystream: Keystream;
  readonly #chunk = new Uint8Array(CHUNK_BYTES);
  readonly #words = new DataView(this.#chunk.buffer);
  #offset = CHUNK_BYTES;
  #spare: number | undefined;

  constructor(key: Uint8Array) {
    this.#keystream = keystream(key, new Uint8Array(16));
  }

  uniform(): number {
    if (this.#offset >= CHUNK_BYTES) {
      this.#keystream.fill(this.#chunk);
      this.#offset = 0;
    }
    const high = this.#words.getUint32(this.#offset, true) >>> 5;
    const low = this.#words.getUint32(this.#offset + 4, true) >>> 6;
    this.#offset += 8;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  /**
   * Box and Muller 1958. In floating point: the numbers lie on a grid that depends on the draw and
   * end at 8.6 deviations, so which sums of value and noise can occur tells something of the value
   * (Mironov, CCS 2012, of Laplace noise; Jin et al., IEEE S&P 2022, arXiv 2112.05307, of Gaussian).
   * What is said of ε below holds up to that; the masked protocol's discrete Gaussian has no such gap.
   */
  normal(): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare;
      this.#spare = undefined;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
}
