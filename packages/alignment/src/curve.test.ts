import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashToCurve, isOnCurve, jacobi } from "./curve.ts";
import { deriveKey } from "./hash.ts";

const P = 2n ** 255n - 19n;

/** Euler's criterion, the reference: value^((P-1)/2). */
function euler(value: bigint): -1 | 0 | 1 {
  let [result, base] = [1n, value % P];
  for (let exponent = (P - 1n) / 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % P;
    base = (base * base) % P;
  }
  if (result === 0n) return 0;
  return result === 1n ? 1 : -1;
}

const littleEndian = (value: bigint): Uint8Array =>
  Buffer.from(value.toString(16).padStart(64, "0"), "hex").reverse();

describe("jacobi", () => {
  it("agrees with Euler's criterion", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: P - 1n }), (value) => {
        expect(jacobi(value)).toBe(euler(value));
      }),
    );
  });

  it.each([0n, 1n, 2n, P - 1n, P, 2n ** 128n, 2n ** 254n, 3n << 200n])("of %s", (value) => {
    expect(jacobi(value)).toBe(euler(value));
  });
});

describe("isOnCurve", () => {
  it("knows the base points of the curve and of its twist", () => {
    expect(isOnCurve(littleEndian(9n))).toBe(true); // RFC 7748 section 4.1
    expect(isOnCurve(littleEndian(2n))).toBe(false); // Bernstein, PKC 2006: the twist's
  });
});

describe("hashToCurve", () => {
  const key = deriveKey(Buffer.from("session"), "ecdh-hash-to-curve");

  it("gives points of the curve, one an id", () => {
    const points = Array.from({ length: 200 }, (_, at) => hashToCurve(key, `id-${at}`));
    expect(points.every(isOnCurve)).toBe(true);
    expect(new Set(points.map((point) => Buffer.from(point).toString("hex"))).size).toBe(200);
    expect(hashToCurve(key, "id-0")).toEqual(points[0]);
  });

  it("differs from session to session", () => {
    const other = deriveKey(Buffer.from("another"), "ecdh-hash-to-curve");
    expect(hashToCurve(other, "id")).not.toEqual(hashToCurve(key, "id"));
  });
});
