import {
  type Cipher,
  createCipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  diffieHellman,
  hkdfSync,
  type KeyObject,
  randomFillSync,
  timingSafeEqual,
} from "node:crypto";
import { concat } from "./bytes.ts";
import type { Cryptography, Keystream, MacKey, RunningMac, Scalar } from "./interface.ts";

export { concat, toHex, utf8 } from "./bytes.ts";
export type { Cryptography, Data, Keystream, MacKey, RunningMac, Scalar } from "./interface.ts";

/** Node's own cryptography (OpenSSL). */

export const sha256: Cryptography["sha256"] = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return plain(hash.digest());
};

export const macKey: Cryptography["macKey"] = (key): SecretKey => ({
  for: "HMAC-SHA256",
  object: createSecretKey(key),
});

export const hmac: Cryptography["hmac"] = (key, ...parts) => {
  const running = createHmac("sha256", (key as SecretKey).object);
  for (const part of parts) running.update(part);
  return plain(running.digest());
};

export const startHmac: Cryptography["startHmac"] = (key) => {
  const running = createHmac("sha256", (key as SecretKey).object);
  const mac: RunningMac = {
    update: (part) => {
      running.update(part);
      return mac;
    },
    digest: () => plain(running.digest()),
  };
  return mac;
};

export const hkdf: Cryptography["hkdf"] = (secret, salt, info, length) =>
  new Uint8Array(hkdfSync("sha256", secret, salt, info, length));

export const keystream: Cryptography["keystream"] = (key, counter = FIRST_BLOCK) =>
  new OpensslKeystream(createCipheriv("aes-256-ctr", key, counter));

export const scalar: Cryptography["scalar"] = (bytes): ScalarKey => {
  const key = Buffer.concat([PRIVATE_PREFIX, bytes]);
  const object = createPrivateKey({ key, format: "der", type: "pkcs8" });
  key.fill(0);
  return { for: "X25519", object };
};

export const x25519: Cryptography["x25519"] = (secret, point) => {
  const key = Buffer.from(concat(PUBLIC_PREFIX, point));
  const publicKey = createPublicKey({ key, format: "der", type: "spki" });
  try {
    const product = diffieHellman({ privateKey: (secret as ScalarKey).object, publicKey });
    return product.every((byte) => byte === 0) ? undefined : plain(product);
  } catch (thrown) {
    // OpenSSL refuses to derive all zeros.
    if ((thrown as NodeJS.ErrnoException).code === "ERR_OSSL_FAILED_DURING_DERIVATION") {
      return undefined;
    }
    throw thrown;
  }
};

export const randomBytes: Cryptography["randomBytes"] = (length) =>
  randomFillSync(new Uint8Array(length));

export const equalBytes: Cryptography["equalBytes"] = timingSafeEqual;

interface SecretKey extends MacKey {
  readonly object: KeyObject;
}

interface ScalarKey extends Scalar {
  readonly object: KeyObject;
}

const FIRST_BLOCK = new Uint8Array(16);

/** Stretches that stay in cache: measured 2.7 GB/s, against 1.2 GB/s with 256 KiB. */
const ZEROS = new Uint8Array(1 << 16);

class OpensslKeystream implements Keystream {
  readonly #cipher: Cipher;

  constructor(cipher: Cipher) {
    this.#cipher = cipher;
  }

  fill(target: Uint8Array): void {
    for (let from = 0; from < target.length; from += ZEROS.length) {
      const length = Math.min(ZEROS.length, target.length - from);
      const zeros = length === ZEROS.length ? ZEROS : ZEROS.subarray(0, length);
      target.set(this.#cipher.update(zeros), from);
    }
  }

  skip(bytes: number): void {
    this.fill(new Uint8Array(bytes));
  }
}

/** The DER around a raw X25519 key (RFC 8410): PKCS #8 and SubjectPublicKeyInfo. */
const PRIVATE_PREFIX = Buffer.from("302e020100300506032b656e04220420", "hex");
const PUBLIC_PREFIX = Buffer.from("302a300506032b656e032100", "hex");

/** The same memory as a Uint8Array: a Buffer's slice() is a view, where a Uint8Array's is a copy. */
function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}
