import { at } from "@moongate/errors";
import { ctr } from "@noble/ciphers/aes.js";
import { x25519 as curve } from "@noble/curves/ed25519.js";
import { hkdf as nobleHkdf } from "@noble/hashes/hkdf.js";
import { hmac as nobleHmac } from "@noble/hashes/hmac.js";
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { utf8 } from "./bytes.ts";
import type { Cryptography, Data, Keystream, MacKey, RunningMac, Scalar } from "./interface.ts";

export { concat, toHex, utf8 } from "./bytes.ts";
export type { Cryptography, Data, Keystream, MacKey, RunningMac, Scalar } from "./interface.ts";

/** The same functions for a browser, in JavaScript: noble's (https://paulmillr.com/noble/). */

export const sha256: Cryptography["sha256"] = (...parts) => {
  const hash = nobleSha256.create();
  for (const part of parts) hash.update(bytesOf(part));
  return hash.digest();
};

export const macKey: Cryptography["macKey"] = (key) => prepared(key);

export const hmac: Cryptography["hmac"] = (key, ...parts) => {
  const running = (key as PreparedMac).start();
  for (const part of parts) running.update(bytesOf(part));
  return running.digest();
};

export const startHmac: Cryptography["startHmac"] = (key) => {
  const running = (key as PreparedMac).start();
  const mac: RunningMac = {
    update: (part) => {
      running.update(bytesOf(part));
      return mac;
    },
    digest: () => running.digest(),
  };
  return mac;
};

export const hkdf: Cryptography["hkdf"] = (secret, salt, info, length) =>
  nobleHkdf(nobleSha256, secret, bytesOf(salt), bytesOf(info), length);

export const keystream: Cryptography["keystream"] = (key, counter) =>
  new NobleKeystream(key, counter);

export const scalar: Cryptography["scalar"] = (bytes): RawScalar => {
  if (bytes.length !== 32) throw new RangeError(`a scalar has 32 bytes and not ${bytes.length}`);
  return { for: "X25519", bytes: bytes.slice() };
};

export const x25519: Cryptography["x25519"] = (secret, point) => {
  if (point.length !== 32) throw new RangeError(`a point has 32 bytes and not ${point.length}`);
  try {
    return curve.scalarMult((secret as RawScalar).bytes, point);
  } catch {
    return undefined; // noble refuses all zeros; the lengths are right
  }
};

/** What getRandomValues gives at a time. */
const RANDOM_STRETCH = 65_536;

export const randomBytes: Cryptography["randomBytes"] = (length) => {
  const bytes = new Uint8Array(length);
  for (let from = 0; from < length; from += RANDOM_STRETCH) {
    globalThis.crypto.getRandomValues(bytes.subarray(from, from + RANDOM_STRETCH));
  }
  return bytes;
};

export const equalBytes: Cryptography["equalBytes"] = (a, b) => {
  if (a.length !== b.length) throw new RangeError("only byte strings of equal length are compared");
  let difference = 0;
  for (const [index, byte] of a.entries()) difference |= byte ^ at(b, index);
  return difference === 0;
};

const bytesOf = (data: Data): Uint8Array => (typeof data === "string" ? utf8(data) : data);

/** The part of noble's HMAC used here. */
interface KeyedHash {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
  clone(): KeyedHash;
}

/** Holds the hash after the key's block: a message then costs two blocks less. */
interface PreparedMac extends MacKey {
  readonly start: () => KeyedHash;
}

function prepared(key: Uint8Array): PreparedMac {
  const keyed: KeyedHash = nobleHmac.create(nobleSha256, key);
  return { for: "HMAC-SHA256", start: () => keyed.clone() };
}

interface RawScalar extends Scalar {
  readonly bytes: Uint8Array;
}

const BLOCK = 16;
/** Stretches of the stream made at a time. */
const ZEROS = new Uint8Array(1 << 16);

/** Goes on where the last call ended, in the middle of a block as well. */
class NobleKeystream implements Keystream {
  readonly #key: Uint8Array;
  readonly #counter: Uint8Array;
  /** The rest of the last block. */
  #left = new Uint8Array(0);

  constructor(key: Uint8Array, counter: Uint8Array = new Uint8Array(BLOCK)) {
    this.#key = key.slice();
    this.#counter = counter.slice();
  }

  fill(target: Uint8Array): void {
    for (let at = this.#takeLeft(target); at < target.length; ) {
      const wanted = Math.min(ZEROS.length, target.length - at);
      const blocks = Math.ceil(wanted / BLOCK);
      const stream = ctr(this.#key, this.#counter).encrypt(ZEROS.subarray(0, blocks * BLOCK));
      target.set(stream.subarray(0, wanted), at);
      this.#left = stream.slice(wanted);
      advance(this.#counter, blocks);
      at += wanted;
    }
  }

  skip(bytes: number): void {
    this.fill(new Uint8Array(bytes));
  }

  #takeLeft(target: Uint8Array): number {
    const taken = Math.min(this.#left.length, target.length);
    target.set(this.#left.subarray(0, taken));
    this.#left = this.#left.subarray(taken);
    return taken;
  }
}

/** counter += blocks, modulo 2^128. */
function advance(counter: Uint8Array, blocks: number): void {
  let carry = blocks;
  for (let index = BLOCK - 1; index >= 0 && carry > 0; index--) {
    const sum = at(counter, index) + carry;
    counter[index] = sum % 256;
    carry = Math.floor(sum / 256);
  }
}
