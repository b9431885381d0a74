import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { elementwise, products as reference } from "../reference/index.ts";
import { Fixture } from "../testing/fixture.ts";
import { indices, seed, size, words } from "../testing/words.ts";

let f: Fixture;
beforeAll(async () => {
  f = await Fixture.create();
});

interface Case {
  readonly seed: number;
  /** Rows and columns of a, columns of b. */
  readonly n: number;
  readonly d: number;
  readonly k: number;
  /** Length of the row subset; undefined: all rows. */
  readonly subset: number | undefined;
  readonly accumulate: boolean;
}

/** One product by kernel and by reference. */
function compare(kind: "multiply" | "multiplyTransposed", one: Case): void {
  f.arena.reset();
  const { n, d, k, accumulate } = one;
  const subset = n === 0 && one.subset !== undefined ? 0 : one.subset;
  const count = subset ?? n;
  const transposed = kind === "multiplyTransposed";
  const [rowsB, rowsOut] = transposed ? [count, d] : [d, count];
  const a = words(one.seed, n * d);
  const b = words(one.seed + 1, rowsB * k);
  const before = words(one.seed + 2, rowsOut * k);
  const chosen = subset === undefined ? undefined : indices(one.seed + 3, subset, Math.max(n, 1));

  const out = f.matrix(before, rowsOut, k);
  f.ring[kind](out, f.matrix(a, n, d), f.matrix(b, rowsB, k), {
    rows: chosen && f.words(chosen),
    accumulate,
  });

  const left = reference.table(a, n, d);
  const used = chosen === undefined ? left : reference.gather(left, chosen);
  const product = reference.flat(reference[kind](used, reference.table(b, rowsB, k)));
  expect(f.ring.toBigints(out)).toEqual(accumulate ? elementwise.add(product, before) : product);
}

const option = (most: number): fc.Arbitrary<number | undefined> =>
  fc.option(size(most), { nil: undefined });

const small: fc.Arbitrary<Case> = fc.record({
  seed: seed(),
  n: size(9),
  d: size(9),
  k: size(9),
  subset: option(13),
  accumulate: fc.boolean(),
});

/** Past a block of rows, and past the columns that are packed at a time. */
const large: Case[] = [
  { seed: 1, n: 130, d: 6, k: 5, subset: undefined, accumulate: true },
  { seed: 2, n: 40, d: 7, k: 67, subset: 129, accumulate: false },
  { seed: 3, n: 65, d: 3, k: 131, subset: undefined, accumulate: false },
  { seed: 4, n: 5, d: 150, k: 61, subset: undefined, accumulate: true },
  { seed: 5, n: 3, d: 2050, k: 9, subset: undefined, accumulate: false },
  { seed: 6, n: 2, d: 4099, k: 2, subset: 3, accumulate: true },
  { seed: 7, n: 191, d: 33, k: 1, subset: undefined, accumulate: true },
];

describe.each(["multiply", "multiplyTransposed"] as const)("%s", (kind) => {
  it("is the reference's product for every small shape, row subset and accumulation", () => {
    fc.assert(
      fc.property(small, (one) => {
        compare(kind, one);
      }),
      { numRuns: 400 },
    );
  });

  it.each(large)("crosses its blocks: $n x $d, $k columns", (one) => {
    compare(kind, one);
  });

  it("refuses wrong shapes, rows out of range, and a result in an input", () => {
    f.arena.reset();
    const transposed = kind === "multiplyTransposed";
    const a = f.arena.matrix(4, 3);
    const b = f.arena.matrix(transposed ? 4 : 3, 2);
    const out = f.arena.matrix(transposed ? 3 : 4, 2);
    const refusal = expect.objectContaining({ code: "SHAPE_MISMATCH" }) as Error;
    expect(() => f.ring[kind](out, a, b)).not.toThrow();
    expect(() => f.ring[kind](b, a, b)).toThrow(refusal);
    expect(() => f.ring[kind](out, a, out)).toThrow(refusal);
    expect(() => f.ring[kind](out, a, b, { rows: f.words([0, 1, 2, 4]) })).toThrow(refusal);
    expect(() => f.ring[kind](out, a, b, { rows: f.words([0, 1, 2]) })).toThrow(refusal);
    const square = f.arena.matrix(3, 3);
    const half = f.arena.matrix(6, 3);
    expect(() => f.ring[kind](half.rowRange(0, 3), half.rowRange(2, 5), square)).toThrow(refusal);
    expect(() => f.ring[kind](half.rowRange(0, 3), half.rowRange(3, 6), square)).not.toThrow();
  });
});
