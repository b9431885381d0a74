import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { trigonometry as reference } from "../reference/index.ts";
import { Fixture } from "../testing/fixture.ts";
import { indices, seed, size, words } from "../testing/words.ts";

let f: Fixture;
beforeAll(async () => {
  f = await Fixture.create();
});

const TURN = 2 ** 32;
const harmonicCount = (): fc.Arbitrary<number> => fc.integer({ min: 0, max: 9 });

/** Random angles, the quarters of the turn, and the places where the nearest table point changes. */
function angles(from: number, count: number): number[] {
  const edges = [
    0,
    1,
    2 ** 30,
    2 ** 31,
    3 * 2 ** 30,
    TURN - 1,
    2 ** 19 - 1,
    2 ** 19,
    TURN - 2 ** 19,
  ];
  return indices(from, count).map((angle, i) => (i % 3 === 2 ? (edges[angle % 9] ?? 0) : angle));
}

describe("harmonics", () => {
  it("are the reference's, bit for bit, across the kernel's blocks", () => {
    const sizes = fc.oneof(size(), fc.constantFrom(511, 512, 513, 1030));
    const bits = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(seed(), sizes, harmonicCount(), bits, (s, n, count, m) => {
        f.arena.reset();
        const turns = angles(s, n);
        const out = f.ring.harmonics(f.dirty(2 * count, n), f.words(turns), m);
        expect(f.ring.toBigints(out)).toEqual(reference.harmonics(turns, count, m).flat());
      }),
      { numRuns: 60 },
    );
  });

  it("are within 1.2 units at 2^-30 of sine and cosine, for every harmonic alike", () => {
    const [n, count] = [20_000, 16];
    const turns = angles(7, n);
    const out = f.ring.harmonics(f.dirty(2 * count, n), f.words(turns), 30);
    const values = f.ring.decode(out, 30);
    let worst = 0;
    turns.forEach((turn, i) => {
      for (let k = 1; k <= count; k++) {
        const radians = (2 * Math.PI * ((turn * k) % TURN)) / TURN;
        const sine = values[(k - 1) * n + i] ?? Number.NaN;
        const cosine = values[(count + k - 1) * n + i] ?? Number.NaN;
        worst = Math.max(worst, Math.abs(sine - Math.sin(radians)));
        worst = Math.max(worst, Math.abs(cosine - Math.cos(radians)));
      }
    });
    expect(worst * 2 ** 30).toBeLessThan(1.2);
  });
});

/** Shares of the harmonics of r: the second is random, as a dealer's seed gives it. */
function dealt(r: number[], count: number, bits: number, from: number) {
  const whole = f.ring.harmonics(f.arena.matrix(2 * count, r.length), f.words(r), bits);
  const second = f.matrix(words(from, 2 * count * r.length), 2 * count, r.length);
  return [f.ring.subtract(whole, whole, second), second] as const;
}

const coefficient = (): fc.Arbitrary<number> =>
  fc.oneof(fc.constant(0), fc.double({ min: -15.99, max: 15.99, noNaN: true }));

describe("fourier", () => {
  it("is the reference's, bit for bit", () => {
    const sizes = fc.oneof(size(), fc.constantFrom(511, 512, 513));
    const pairs = fc.array(fc.tuple(coefficient(), coefficient()), { maxLength: 5 });
    const bits = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(seed(), sizes, pairs, bits, (s, n, both, publicBits) => {
        f.arena.reset();
        const turns = angles(s, n);
        const shares = words(s + 1, 2 * both.length * n);
        const sine = both.map(([a]) => a);
        const cosine = both.map(([, b]) => b);
        const integers = (list: number[]): bigint[] => {
          const encoded = f.ring.encode(f.arena.matrix(1, list.length), list, 28);
          return f.ring.toBigints(encoded).map((word) => BigInt.asIntN(64, word));
        };
        const rows = Array.from({ length: 2 * both.length }, (_, i) =>
          shares.slice(i * n, (i + 1) * n),
        );
        const out = f.ring.fourier(
          f.dirty(n, 1),
          f.words(turns),
          f.matrix(shares, 2 * both.length, n),
          Float64Array.from(sine),
          Float64Array.from(cosine),
          publicBits,
        );
        const coefficients = { sine: integers(sine), cosine: integers(cosine) };
        expect(f.ring.toBigints(out)).toEqual(
          reference.fourier(turns, rows, coefficients, publicBits),
        );
      }),
      { numRuns: 80 },
    );
  });

  it("shares of f(c - r) add up to the series, within the rounding of both factors", () => {
    const bits = fc.integer({ min: 8, max: 26 });
    const pairs = fc.array(fc.tuple(coefficient(), coefficient()), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(seed(), pairs, bits, bits, (s, both, publicBits, dealtBits) => {
        f.arena.reset();
        const n = 64;
        const [x, r] = [angles(s, n), angles(s + 1, n)];
        const c = f.ring.addWords(f.arena.words(n), f.words(x), f.words(r));
        const sine = Float64Array.from(both, ([a]) => a);
        const cosine = Float64Array.from(both, ([, b]) => b);
        const [one, two] = dealt(r, both.length, dealtBits, s + 2).map((share) =>
          f.ring.fourier(f.dirty(n, 1), c, share, sine, cosine, publicBits),
        );
        if (one === undefined || two === undefined) throw new Error("two shares");
        const sum = f.ring.decode(f.ring.add(one, one, two), publicBits + dealtBits);
        const sizes = both.map(([a, b]) => Math.hypot(a, b));
        // Each harmonic: half a unit in either public factor times the dealt ones (at most sqrt 2
        // together), half a unit in either dealt factor times the public ones; plus the table's error.
        const bound = sizes.reduce(
          (total, amplitude) =>
            total +
            0.75 * (2 ** -publicBits + amplitude * 2 ** -dealtBits) +
            (4 * amplitude + 1) * 2 ** -28 +
            2 ** -(publicBits + dealtBits),
          0,
        );
        x.forEach((turn, i) => {
          const exact = both.reduce((total, [a, b], k) => {
            const radians = (2 * Math.PI * ((turn * (k + 1)) % TURN)) / TURN;
            return total + a * Math.sin(radians) + b * Math.cos(radians);
          }, 0);
          expect(Math.abs((sum[i] ?? Number.NaN) - exact)).toBeLessThanOrEqual(bound);
        });
      }),
    );
  });

  it.each([16, -16, Number.NaN])("refuses the coefficient %d by its position", (bad) => {
    const out = f.arena.matrix(1, 1);
    const run = () =>
      f.ring.fourier(
        out,
        f.words([0]),
        f.arena.matrix(4, 1),
        Float64Array.of(1, bad),
        Float64Array.of(0, 0),
        10,
      );
    expect(run).toThrow(
      expect.objectContaining({ code: "SATURATION", details: { position: 1 } }) as Error,
    );
  });

  it("refuses lists of two lengths, and dealt rows of another count", () => {
    const run = (rows: number, cosines: number) => () =>
      f.ring.fourier(
        f.arena.matrix(1, 1),
        f.words([0]),
        f.arena.matrix(rows, 1),
        new Float64Array(2),
        new Float64Array(cosines),
        10,
      );
    const refusal = expect.objectContaining({ code: "SHAPE_MISMATCH" }) as Error;
    expect(run(4, 2)).not.toThrow();
    expect(run(4, 1)).toThrow(refusal);
    expect(run(2, 2)).toThrow(refusal);
  });
});
