import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { fixedPoint as reference } from "../reference/index.ts";
import { Fixture } from "../testing/fixture.ts";
import { seed, size, words } from "../testing/words.ts";

let f: Fixture;
beforeAll(async () => {
  f = await Fixture.create();
});

const bits = (): fc.Arbitrary<number> => fc.integer({ min: 0, max: 62 });

describe("encode", () => {
  it("is the reference's rounding for values of every size", () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ min: -4, max: 4, noNaN: true }),
      fc.integer({ min: -9, max: 9 }).map((halves) => halves / 2),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 7 }), bits(), (values, m) => {
        f.arena.reset();
        const expected = values.map((one) => reference.encode(one, m));
        fc.pre(!expected.includes(undefined));
        const out = f.ring.encode(f.dirty(1, values.length), values, m);
        expect(f.ring.toBigints(out)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it("rounds halves to the even neighbour", () => {
    const out = f.ring.encode(f.dirty(1, 6), [0.5, 1.5, 2.5, -0.5, -1.5, -2.5], 0);
    expect(f.ring.toBigints(out).map((word) => BigInt.asIntN(64, word))).toEqual([
      0n,
      2n,
      2n,
      0n,
      -2n,
      -2n,
    ]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 4, -4, 1e300])("refuses %d at 60 bits", (bad) => {
    const out = f.dirty(2, 2);
    let thrown: unknown;
    try {
      f.ring.encode(out, [0, 3.999, bad, 5], 60);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({
      code: "SATURATION",
      details: { position: 2, row: 1, col: 0, bits: 60 },
    });
    expect(String(thrown)).not.toContain(String(bad));
    expect(f.ring.toBigints(out)).toEqual([0n, 0n, 0n, 0n]);
  });

  it("accepts the largest double below the limit, and refuses another number of values", () => {
    const largest = 4 - 2 ** -51;
    const out = f.ring.encode(f.dirty(1, 2), Float64Array.of(largest, -largest), 60);
    expect(f.ring.maximumMagnitude(out)).toBe(2n ** 62n - 2n ** 9n);
    const refusal = expect.objectContaining({ code: "SHAPE_MISMATCH" }) as Error;
    expect(() => f.ring.encode(out, [1], 10)).toThrow(refusal);
  });
});

describe("decode", () => {
  it("is the reference's, across its slices", () => {
    const sizes = fc.oneof(size(), fc.constantFrom(12_319, 12_320, 12_321, 25_000));
    fc.assert(
      fc.property(seed(), sizes, bits(), (s, count, m) => {
        f.arena.reset();
        const a = words(s, count);
        const expected = a.map((word) => reference.decode(word, m));
        expect([...f.ring.decode(f.matrix(a), m)]).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it("gives back what was encoded, to half a unit", () => {
    const value = fc.double({ min: -1000, max: 1000, noNaN: true });
    fc.assert(
      fc.property(fc.array(value), fc.integer({ min: 0, max: 40 }), (values, m) => {
        f.arena.reset();
        const encoded = f.ring.encode(f.dirty(1, values.length), values, m);
        f.ring.decode(encoded, m).forEach((back, i) => {
          expect(Math.abs(back - (values[i] ?? Number.NaN))).toBeLessThanOrEqual(2 ** (-m - 1));
        });
      }),
    );
  });
});

describe("maximumMagnitude", () => {
  it("is the reference's; -2^63 counts as 2^63", () => {
    fc.assert(
      fc.property(seed(), size(), (s, count) => {
        f.arena.reset();
        const a = words(s, count);
        expect(f.ring.maximumMagnitude(f.matrix(a))).toBe(reference.maximumMagnitude(a));
      }),
    );
    expect(f.ring.maximumMagnitude(f.matrix([5n, 1n << 63n, 0n]))).toBe(1n << 63n);
  });
});
