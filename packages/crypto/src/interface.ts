/** Bytes, or text that stands for its UTF-8 bytes. */
export type Data = Uint8Array | string;

/** A key of HMAC-SHA256, prepared once for many messages. What it holds is the implementation's. */
export interface MacKey {
  readonly for: "HMAC-SHA256";
}

/** A message authentication code whose message comes in parts. */
export interface RunningMac {
  /** Appends to the message. */
  update(part: Data): this;
  /** The 32 bytes of the code; the object is spent. */
  digest(): Uint8Array;
}

/** The bytes of a stream cipher over zeros. */
export interface Keystream {
  /** Overwrites the target with the stream's next bytes. */
  fill(target: Uint8Array): void;
  /** Passes over the next bytes. */
  skip(bytes: number): void;
}

/** A secret scalar of X25519. What it holds is the implementation's. */
export interface Scalar {
  readonly for: "X25519";
}

/**
 * Everything that Moongate takes from a cryptographic library outside TLS. Both implementations
 * answer byte for byte alike; every result has memory of its own.
 */
export interface Cryptography {
  /** SHA-256 (FIPS 180-4) of the parts one after the other: 32 bytes. */
  readonly sha256: (...parts: readonly Data[]) => Uint8Array;

  /** Prepares a key of any length for HMAC-SHA256. */
  readonly macKey: (key: Uint8Array) => MacKey;

  /** HMAC-SHA256 (RFC 2104) of the parts one after the other: 32 bytes. */
  readonly hmac: (key: MacKey, ...parts: readonly Data[]) => Uint8Array;

  /** HMAC-SHA256 of a message that comes in parts. */
  readonly startHmac: (key: MacKey) => RunningMac;

  /** HKDF-SHA256 (RFC 5869): `length` bytes, at most 8,160, derived from a secret. */
  readonly hkdf: (secret: Uint8Array, salt: Data, info: Data, length: number) => Uint8Array;

  /**
   * The keystream of AES-256-CTR (NIST SP 800-38A).
   * @param key 32 bytes.
   * @param counter the first block's counter, 16 bytes, big endian; all zero if absent.
   */
  readonly keystream: (key: Uint8Array, counter?: Uint8Array) => Keystream;

  /** A scalar of 32 secret bytes. It is clamped where it is used (RFC 7748, section 5). */
  readonly scalar: (bytes: Uint8Array) => Scalar;

  /**
   * X25519 (RFC 7748): the u-coordinate of the scalar times the point of that u-coordinate, whose
   * top bit is ignored: 32 bytes. Undefined for a point of low order, whose multiple is all zero.
   */
  readonly x25519: (scalar: Scalar, point: Uint8Array) => Uint8Array | undefined;

  /** Fresh bytes of the system's generator. */
  readonly randomBytes: (length: number) => Uint8Array;

  /** True if two byte strings of equal length are equal, in a time that depends on the length alone. */
  readonly equalBytes: (a: Uint8Array, b: Uint8Array) => boolean;
}
