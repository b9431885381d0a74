import { type Scalar, scalar, x25519 } from "@moongate/crypto";
import { MoongateError } from "@moongate/errors";
import { POINT_BYTES } from "./curve.ts";
import { type RandomSource, systemRandom } from "./shuffle.ts";

/** A secret scalar. It is clamped where it is used (RFC 7748 section 5): a multiple of 8. */
export function newScalar(random: RandomSource = systemRandom): Scalar {
  return scalar(random(POINT_BYTES));
}

/**
 * The u-coordinate of scalar times point: X25519 of RFC 7748 section 5.
 * @param point a u-coordinate of 32 bytes; its top bit is ignored.
 * @throws MoongateError MESSAGE_INVALID for a point of low order, whose multiple is all zero
 *   (RFC 7748 section 6.1) and would match every other such point.
 */
export function multiply(secret: Scalar, point: Uint8Array): Uint8Array {
  const product = x25519(secret, point);
  if (product !== undefined) return product;
  throw new MoongateError("MESSAGE_INVALID", "a blinded id is a point of low order", {
    details: { field: "point" },
  });
}
