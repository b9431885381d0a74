import { createPrivateKey, createPublicKey, diffieHellman, type KeyObject } from "node:crypto";
import { MoongateError } from "@moongate/errors";
import { POINT_BYTES } from "./curve.ts";
import { type RandomSource, systemRandom } from "./shuffle.ts";

/** The DER around a raw X25519 key (RFC 8410): PKCS #8 and SubjectPublicKeyInfo. */
const PRIVATE_PREFIX = Buffer.from("302e020100300506032b656e04220420", "hex");
const PUBLIC_PREFIX = Buffer.from("302a300506032b656e032100", "hex");

/** A secret scalar. It is clamped where it is used (RFC 7748 section 5): a multiple of 8. */
export function newScalar(random: RandomSource = systemRandom): KeyObject {
  const key = Buffer.concat([PRIVATE_PREFIX, random(POINT_BYTES)]);
  const scalar = createPrivateKey({ key, format: "der", type: "pkcs8" });
  key.fill(0);
  return scalar;
}

/**
 * The u-coordinate of scalar times point: X25519 of RFC 7748 section 5.
 * @param point a u-coordinate of 32 bytes; its top bit is ignored.
 * @throws MoongateError MESSAGE_INVALID for a point of low order, whose multiple is all zero
 *   (RFC 7748 section 6.1) and would match every other such point.
 */
export function multiply(scalar: KeyObject, point: Uint8Array): Uint8Array {
  const key = Buffer.concat([PUBLIC_PREFIX, point]);
  const publicKey = createPublicKey({ key, format: "der", type: "spki" });
  let product: Buffer;
  try {
    product = diffieHellman({ privateKey: scalar, publicKey });
  } catch (cause) {
    throw lowOrder(cause); // OpenSSL refuses to derive all zeros
  }
  if (product.every((byte) => byte === 0)) throw lowOrder();
  return product;
}

function lowOrder(cause?: unknown): MoongateError {
  return new MoongateError("MESSAGE_INVALID", "a blinded id is a point of low order", {
    details: { field: "point" },
    cause,
  });
}
