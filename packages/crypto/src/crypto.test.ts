import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as browser from "./browser.ts";
import type { Cryptography, Keystream } from "./interface.ts";
import * as node from "./node.ts";

const IMPLEMENTATIONS: readonly [string, Cryptography][] = [
  ["Node's", node],
  ["the browser's", browser],
];

const hex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const ascending = (first: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => first + at);
const taken = (stream: Keystream, length: number): Uint8Array => {
  const bytes = new Uint8Array(length);
  stream.fill(bytes);
  return bytes;
};

describe.each(IMPLEMENTATIONS)(
  "%s cryptography meets the published vectors of",
  (_name, crypto) => {
    it.each([
      ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
      ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
      [
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
      ],
    ])("SHA-256, FIPS 180-4: %j", (text, digest) => {
      expect(node.toHex(crypto.sha256(text))).toBe(digest);
    });

    it.each([
      [
        "0b".repeat(20),
        "Hi There",
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
      ],
      [
        "4a656665",
        "what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
      ],
      [
        "aa".repeat(131),
        "Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
      ],
    ])("HMAC-SHA256, RFC 4231: key %s", (key, text, mac) => {
      expect(node.toHex(crypto.hmac(crypto.macKey(hex(key)), text))).toBe(mac);
    });

    it("HKDF-SHA256, RFC 5869 appendix A.1 to A.3", () => {
      const derived = (secret: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number) =>
        node.toHex(crypto.hkdf(secret, salt, info, length));
      const secret = new Uint8Array(22).fill(11);
      expect(derived(secret, ascending(0, 13), ascending(240, 10), 42)).toBe(
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
      );
      expect(derived(ascending(0, 80), ascending(96, 80), ascending(176, 80), 82)).toBe(
        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c" +
          "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71" +
          "cc30c58179ec3e87c14c01d5c1f3434f1d87",
      );
      expect(derived(secret, new Uint8Array(), new Uint8Array(), 42)).toBe(
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
      );
    });

    it("AES-256-CTR, NIST SP 800-38A F.5.5", () => {
      const key = hex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
      const stream = crypto.keystream(key, hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"));
      expect(node.toHex(taken(stream, 64))).toBe(
        "0bdf7df1591716335e9a8b15c860c5025a6e699d536119065433863c8f657b94" +
          "1bc12c9c01610d5d0d8bd6a3378eca622956e1c8693536b1bee99c73a31576b6",
      );
    });

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
    ])("X25519, RFC 7748 section 5.2: scalar %s", (scalar, point, product) => {
      const own = crypto.x25519(crypto.scalar(hex(scalar)), hex(point));
      expect(node.toHex(own ?? new Uint8Array())).toBe(product);
    });

    it.each([
      ["0", "00".repeat(32)],
      ["1", `01${"00".repeat(31)}`],
      ["order 8", "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"],
      ["p - 1", `ec${"ff".repeat(30)}7f`],
      ["p, not canonical", `ed${"ff".repeat(30)}7f`],
      ["1 with the top bit", `01${"00".repeat(30)}80`],
    ])("X25519, RFC 7748 section 6.1: nothing for the point of low order %s", (_point, bytes) => {
      expect(crypto.x25519(crypto.scalar(ascending(1, 32)), hex(bytes))).toBeUndefined();
    });
  },
);

describe("both implementations agree on", () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  const any = fc.uint8Array({ maxLength: 300 });
  it("SHA-256 of parts and of text", () => {
    fc.assert(
      fc.property(any, fc.string({ unit: "binary" }), (part, text) => {
        expect(browser.sha256(part, text)).toEqual(node.sha256(part, text));
      }),
      { numRuns: 60 },
    );
  });

  it("HMAC of parts, at once and running, of one key again and again", () => {
    fc.assert(
      fc.property(any, fc.array(any, { maxLength: 4 }), (key, parts) => {
        const [own, other] = [node.macKey(key), browser.macKey(key)];
        const expected = node.hmac(own, ...parts);
        for (let times = 0; times < 2; times++) {
          expect(browser.hmac(other, ...parts)).toEqual(expected);
        }
        for (const mac of [node.startHmac(own), browser.startHmac(other)]) {
          for (const part of parts) mac.update(part);
          expect(mac.digest()).toEqual(expected);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("HKDF of any length", () => {
    fc.assert(
      fc.property(any, any, any, fc.integer({ min: 1, max: 500 }), (secret, salt, info, length) => {
        const expected = node.hkdf(secret, salt, info, length);
        expect(browser.hkdf(secret, salt, info, length)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it("a keystream taken in pieces, from any counter on, overflow included", () => {
    const pieces = fc.array(fc.nat(70), { minLength: 1, maxLength: 8 });
    const counters = fc.oneof(bytes(16), fc.constant(new Uint8Array(16).fill(255)));
    fc.assert(
      fc.property(bytes(32), counters, pieces, fc.nat(40), (key, counter, lengths, skipped) => {
        const [own, other] = [node.keystream(key, counter), browser.keystream(key, counter)];
        for (const length of lengths) expect(taken(other, length)).toEqual(taken(own, length));
        own.skip(skipped);
        other.skip(skipped);
        expect(taken(other, 33)).toEqual(taken(own, 33));
      }),
      { numRuns: 60 },
    );
  });

  it("a keystream longer than a stretch", () => {
    const length = 3 * 2 ** 16 + 5;
    const [key, counter] = [ascending(0, 32), new Uint8Array(16).fill(254)];
    const expected = taken(node.keystream(key, counter), length);
    expect(node.equalBytes(taken(browser.keystream(key, counter), length), expected)).toBe(true);
    expect(taken(node.keystream(key), 40)).toEqual(taken(browser.keystream(key), 40));
  });

  it("X25519 of points of the curve and of its twist", () => {
    fc.assert(
      fc.property(bytes(32), bytes(32), (scalar, point) => {
        const expected = node.x25519(node.scalar(scalar), point);
        expect(browser.x25519(browser.scalar(scalar), point)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});

describe.each(IMPLEMENTATIONS)("%s cryptography", (_name, crypto) => {
  it("draws fresh bytes, more than one call of the system gives", () => {
    const [first, second] = [crypto.randomBytes(100_000), crypto.randomBytes(100_000)];
    expect(first).toHaveLength(100_000);
    expect(first).not.toEqual(second);
    // A stretch left at zero would show: 16 zeros in a row have probability 2^-128.
    for (const from of [0, 65_530, 99_984]) {
      expect(first.subarray(from, from + 16).some((byte) => byte !== 0)).toBe(true);
    }
  });

  it("compares byte strings of equal length, and no others", () => {
    expect(crypto.equalBytes(ascending(0, 32), ascending(0, 32))).toBe(true);
    expect(crypto.equalBytes(ascending(0, 32), ascending(1, 32))).toBe(false);
    expect(() => crypto.equalBytes(ascending(0, 32), ascending(0, 31))).toThrow(RangeError);
  });

  it("returns memory of its own: a slice is a copy", () => {
    const digest = crypto.sha256("x");
    digest.slice().fill(0);
    expect(digest).toEqual(node.sha256("x"));
  });
});
