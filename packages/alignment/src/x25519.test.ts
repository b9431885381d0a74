import { describe, expect, it } from "vitest";
import { hashToCurve } from "./curve.ts";
import { deriveKey } from "./hash.ts";
import { multiply, newScalar } from "./x25519.ts";

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "hex"));
const fixed = (text: string) => () => hex(text);

describe("multiply", () => {
  it.each([
    [
      "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
      "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
      "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
    ],
    [
      "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
      "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
      "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957",
    ],
  ])("is X25519: RFC 7748 section 5.2, scalar %s", (scalar, point, product) => {
    expect(multiply(newScalar(fixed(scalar)), hex(point))).toEqual(hex(product));
  });

  it("commutes", () => {
    const [a, b] = [newScalar(), newScalar()];
    const point = hashToCurve(deriveKey(Buffer.from("s"), "ecdh-hash-to-curve"), "id");
    expect(multiply(a, multiply(b, point))).toEqual(multiply(b, multiply(a, point)));
  });

  it.each([
    ["0", "00".repeat(32)],
    ["1", `01${"00".repeat(31)}`],
    ["order 8", "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"],
    ["p - 1", `ec${"ff".repeat(30)}7f`],
    ["p, not canonical", `ed${"ff".repeat(30)}7f`],
    ["1 with the top bit", `01${"00".repeat(30)}80`],
  ])("refuses a point of low order: %s", (_name, point) => {
    expect(() => multiply(newScalar(), hex(point))).toThrow(
      expect.objectContaining({ code: "MESSAGE_INVALID", details: { field: "point" } }),
    );
  });
});
