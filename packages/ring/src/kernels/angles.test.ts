import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { angles as reference } from "../reference/index.ts";
import { Fixture } from "../testing/fixture.ts";
import { indices, seed, size, words } from "../testing/words.ts";

let f: Fixture;
beforeAll(async () => {
  f = await Fixture.create();
});

const period = (): fc.Arbitrary<number> => fc.integer({ min: 1, max: 64 });

describe("angles", () => {
  it("phase is the reference's for every period", () => {
    fc.assert(
      fc.property(seed(), size(), period(), (s, count, periodBits) => {
        f.arena.reset();
        const share = words(s, count);
        const out = f.ring.phase(f.arena.words(count), f.matrix(share), periodBits);
        expect([...out.words()]).toEqual(share.map((word) => reference.phase(word, periodBits)));
      }),
    );
  });

  it("phases of shares add up to the phase of the sum, or one unit less", () => {
    fc.assert(
      fc.property(seed(), size(), period(), (s, count, periodBits) => {
        f.arena.reset();
        const [a, b] = [f.matrix(words(s, count)), f.matrix(words(s + 1, count))];
        const of = (m: typeof a) => f.ring.phase(f.arena.words(count), m, periodBits);
        const [one, two] = [of(a), of(b)];
        const whole = of(f.ring.add(a, a, b)).words();
        const apart = f.ring.addWords(one, one, two).words();
        whole.forEach((angle, i) => {
          const carry = (angle - (apart[i] ?? Number.NaN)) >>> 0;
          expect(periodBits <= 32 ? [0] : [0, 1]).toContain(carry);
        });
      }),
    );
  });

  it("addWords and subtractWords are the reference's", () => {
    fc.assert(
      fc.property(seed(), size(), (s, count) => {
        f.arena.reset();
        const [x, y] = [indices(s, count), indices(s + 1, count)];
        const [a, b] = [f.words(x), f.words(y)];
        const sum = f.ring.addWords(f.arena.words(count), a, b);
        const at = (values: number[], i: number): number => values[i] ?? 0;
        expect([...sum.words()]).toEqual(x.map((v, i) => reference.addWords(v, at(y, i))));
        f.ring.subtractWords(a, a, b);
        expect([...a.words()]).toEqual(x.map((v, i) => reference.subtractWords(v, at(y, i))));
      }),
    );
  });

  it("refuses other lengths and periods", () => {
    const [two, three] = [f.arena.words(2), f.arena.words(3)];
    const shape = expect.objectContaining({ code: "SHAPE_MISMATCH" }) as Error;
    expect(() => f.ring.addWords(two, two, three)).toThrow(shape);
    expect(() => f.ring.phase(two, f.arena.matrix(1, 3), 32)).toThrow(shape);
    const scale = expect.objectContaining({ code: "SCALE_MISMATCH" }) as Error;
    expect(() => f.ring.phase(three, f.arena.matrix(1, 3), 0)).toThrow(scale);
    expect(() => f.ring.phase(three, f.arena.matrix(1, 3), 65)).toThrow(scale);
  });
});
