import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { truncation as reference } from "../reference/index.ts";
import { Fixture } from "../testing/fixture.ts";
import { seed, signedWords, words } from "../testing/words.ts";

let f: Fixture;
beforeAll(async () => {
  f = await Fixture.create();
});

const bits = (): fc.Arbitrary<number> => fc.integer({ min: 1, max: 62 });

/** Truncates x under the mask r, all shares random: the protocol's local steps, in its order. */
function truncate(x: bigint[], r: bigint[], m: number, from: number): bigint[] {
  const n = x.length;
  const split = (values: bigint[], seed: number) => {
    const second = f.matrix(words(seed, n));
    return [f.ring.subtract(f.arena.matrix(1, n), f.matrix(values), second), second] as const;
  };
  const [shifted, topBit] = [f.dirty(1, n), f.dirty(1, n)];
  f.ring.truncateDeal(shifted, topBit, f.matrix(r), m);
  const [x0, x1] = split(x, from);
  const [r0, r1] = split(r, from + 1);
  const [shifted0, shifted1] = split(f.ring.toBigints(shifted), from + 2);
  const [top0, top1] = split(f.ring.toBigints(topBit), from + 3);
  const c = f.ring.truncateOpening(f.dirty(1, n), x0, r0, true);
  f.ring.add(c, c, f.ring.truncateOpening(f.dirty(1, n), x1, r1, false));
  const out = f.ring.truncateClose(f.dirty(1, n), c, shifted0, top0, m, true);
  f.ring.add(out, out, f.ring.truncateClose(f.dirty(1, n), c, shifted1, top1, m, false));
  return f.ring.toBigints(out).map((word) => BigInt.asIntN(64, word));
}

/** floor(x / 2^m) or one more. */
function expectTruncated(x: bigint[], result: bigint[], m: number): void {
  x.forEach((value, i) => {
    const floor = value >> BigInt(m);
    expect([floor, floor + 1n]).toContain(result[i]);
  });
}

describe("truncation", () => {
  it("is never off by more than one unit, whatever x, the mask and the shares", () => {
    fc.assert(
      fc.property(seed(), bits(), (s, m) => {
        f.arena.reset();
        const x = signedWords(s, 48, 62);
        expectTruncated(x, truncate(x, words(s + 9, 48), m, s + 20), m);
      }),
      { numRuns: 300 },
    );
  });

  it("holds in every case of the wrap, at its edges", () => {
    const limit = 1n << 62n;
    const xs = [1n - limit, -1n, 0n, 1n, limit - 1n];
    const top = 1n << 63n;
    const all = xs.flatMap((x) => {
      // Masks for which x + 2^62 + r just stays below 2^64, just reaches it, or is far from it.
      const edge = (1n << 64n) - (x + limit);
      const masks = [0n, 1n, top - 1n, top, (1n << 64n) - 1n, edge - 1n, edge, edge + 1n];
      return masks.map((r) => ({ x, r: BigInt.asUintN(64, r) }));
    });
    const [x, r] = [all.map((one) => one.x), all.map((one) => one.r)];
    const wrapped = all.filter((one) => one.x + limit + one.r >= 1n << 64n).length;
    expect(wrapped).toBeGreaterThan(5);
    expect(wrapped).toBeLessThan(all.length - 5);
    for (const m of [1, 2, 20, 31, 32, 33, 61, 62]) {
      f.arena.reset();
      expectTruncated(x, truncate(x, r, m, 3), m);
    }
  });

  it("keeps the mean: the unit too much comes as often as the fraction says", () => {
    f.arena.reset();
    const n = 20_000;
    const x = new Array<bigint>(n).fill(5n * 256n + 64n); // 5.25 units
    const result = truncate(x, words(1, n), 8, 2);
    const ups = result.filter((value) => value === 6n).length;
    // A quarter of the uniform masks carry. One mask in four is an extreme, and three extremes in
    // seven end in ones and carry. 0.02 is six standard deviations.
    expect(Math.abs(ups / n - (0.75 * 0.25 + 0.25 * (3 / 7)))).toBeLessThan(0.02);
    expect(ups + result.filter((value) => value === 5n).length).toBe(n);
  });

  it("each kernel is the reference's", () => {
    fc.assert(
      fc.property(seed(), bits(), fc.boolean(), (s, m, first) => {
        f.arena.reset();
        const n = 24;
        const [a, b, c] = [words(s, n), words(s + 1, n), words(s + 2, n)];
        const [ma, mb, mc] = [f.matrix(a), f.matrix(b), f.matrix(c)];
        const at = (list: bigint[], i: number): bigint => list[i] ?? 0n;
        const opening = f.ring.truncateOpening(f.dirty(1, n), ma, mb, first);
        expect(f.ring.toBigints(opening)).toEqual(
          a.map((x, i) => reference.opening(x, at(b, i), first)),
        );
        const close = f.ring.truncateClose(f.dirty(1, n), ma, mb, mc, m, first);
        expect(f.ring.toBigints(close)).toEqual(
          a.map((x, i) => reference.close(x, at(b, i), at(c, i), BigInt(m), first)),
        );
        f.ring.truncateDeal(ma, mb, ma, m);
        const dealt = a.map((r) => reference.deal(r, BigInt(m)));
        expect(f.ring.toBigints(ma)).toEqual(dealt.map((one) => one.shifted));
        expect(f.ring.toBigints(mb)).toEqual(dealt.map((one) => one.topBit));
      }),
    );
  });

  it.each([0, 63, 1.5])("refuses to truncate %d bits", (m) => {
    const a = f.arena.matrix(1, 1);
    const refusal = expect.objectContaining({ code: "SCALE_MISMATCH" }) as Error;
    expect(() => {
      f.ring.truncateDeal(a, a, a, m);
    }).toThrow(refusal);
    expect(() => f.ring.truncateClose(a, a, a, a, m, true)).toThrow(refusal);
  });
});
