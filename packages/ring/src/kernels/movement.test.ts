import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { products as reference } from "../reference/index.ts";
import { Fixture } from "../testing/fixture.ts";
import { indices, seed, size, words } from "../testing/words.ts";

let f: Fixture;
beforeAll(async () => {
  f = await Fixture.create();
});

describe("movement", () => {
  it("transpose is the reference's", () => {
    fc.assert(
      fc.property(seed(), size(40), size(40), (s, rows, cols) => {
        f.arena.reset();
        const a = words(s, rows * cols);
        const out = f.ring.transpose(f.dirty(cols, rows), f.matrix(a, rows, cols));
        const expected = reference.transpose(reference.table(a, rows, cols));
        expect(f.ring.toBigints(out)).toEqual(reference.flat(expected));
      }),
    );
  });

  it("gather is the reference's, repetitions included", () => {
    fc.assert(
      fc.property(seed(), fc.integer({ min: 1, max: 9 }), size(9), size(20), (s, n, cols, m) => {
        f.arena.reset();
        const a = words(s, n * cols);
        const rows = indices(s + 1, m, n);
        const out = f.ring.gather(f.dirty(m, cols), f.matrix(a, n, cols), f.words(rows));
        const expected = reference.gather(reference.table(a, n, cols), rows);
        expect(f.ring.toBigints(out)).toEqual(reference.flat(expected));
      }),
    );
  });

  it("sumRows is the reference's column sums", () => {
    fc.assert(
      fc.property(seed(), size(), size(), (s, rows, cols) => {
        f.arena.reset();
        const a = words(s, rows * cols);
        const out = f.ring.sumRows(f.dirty(1, cols), f.matrix(a, rows, cols));
        expect(f.ring.toBigints(out)).toEqual(reference.sumRows(reference.table(a, rows, cols)));
      }),
    );
  });

  it("refuses wrong shapes, overlap and rows out of range", () => {
    f.arena.reset();
    const a = f.arena.matrix(3, 3);
    const refusal = expect.objectContaining({ code: "SHAPE_MISMATCH" }) as Error;
    expect(() => f.ring.transpose(a, a)).toThrow(refusal);
    expect(() => f.ring.transpose(f.arena.matrix(3, 2), f.arena.matrix(3, 2))).toThrow(refusal);
    expect(() => f.ring.gather(f.arena.matrix(1, 3), a, f.words([3]))).toThrow(refusal);
    expect(() => f.ring.gather(f.arena.matrix(1, 3), a, f.words([2 ** 32 - 1]))).toThrow(refusal);
    expect(() => f.ring.gather(a.rowRange(0, 1), a, f.words([1]))).toThrow(refusal);
    expect(() => f.ring.sumRows(f.arena.matrix(3, 1), a)).toThrow(refusal);
  });
});
