import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Ring } from "./ring.ts";
import type { Matrix } from "./types.ts";

describe("ring memory", () => {
  it("grows on demand; matrices keep their words, old views are dead", async () => {
    const ring = await Ring.create();
    const small = ring.fromBigints([1n, 2n, 3n], 1, 3);
    const view = small.words();
    expect(small.words()).toBe(view);
    const before = ring.memoryBytes;
    const large = ring.matrix(1000, 1000);
    expect(ring.memoryBytes).toBeGreaterThanOrEqual(before + 8_000_000 - 65_536);
    expect(view.length).toBe(0);
    expect(ring.toBigints(small)).toEqual([1n, 2n, 3n]);
    expect(large.words().every((word) => word === 0n)).toBe(true);
    expect(ring.toBigints(ring.add(small, small, small))).toEqual([2n, 4n, 6n]);
  });

  it("refuses to grow past its bound, and stays usable", async () => {
    const ring = await Ring.create({ maximumMegabytes: 4 });
    const refusal = expect.objectContaining({ code: "MEMORY_EXHAUSTED" }) as Error;
    const kept = ring.fromBigints([7n], 1, 1);
    expect(() => ring.matrix(1024, 1024)).toThrow(refusal);
    expect(() => ring.arena().matrix(1, 2 ** 40)).toThrow(refusal);
    expect(ring.matrix(256, 1024).words().length).toBe(256 * 1024);
    expect(ring.memoryBytes).toBeLessThanOrEqual(4 * 2 ** 20);
    expect(ring.toBigints(kept)).toEqual([7n]);
  });

  it.each([-1, 1.5, Number.NaN])("refuses a matrix of %d rows", async (rows) => {
    const ring = await Ring.create();
    const refusal = expect.objectContaining({ code: "SHAPE_MISMATCH" }) as Error;
    expect(() => ring.matrix(rows, 1)).toThrow(refusal);
    expect(() => ring.words(rows)).toThrow(refusal);
  });

  it("rowRange shares memory and refuses what is no range", async () => {
    const ring = await Ring.create();
    const a = ring.fromBigints([1n, 2n, 3n, 4n, 5n, 6n], 3, 2);
    const last = a.rowRange(1, 3);
    expect([last.rows, last.cols, ring.toBigints(last)]).toEqual([2, 2, [3n, 4n, 5n, 6n]]);
    ring.fill(last.rowRange(1, 2), 9n);
    expect(ring.toBigints(a)).toEqual([1n, 2n, 3n, 4n, 9n, 9n]);
    expect(a.rowRange(3, 3).words().length).toBe(0);
    const refusal = expect.objectContaining({ code: "SHAPE_MISMATCH" }) as Error;
    for (const [from, to] of [
      [-1, 1],
      [2, 1],
      [0, 4],
      [0.5, 1],
    ] as const) {
      expect(() => a.rowRange(from, to)).toThrow(refusal);
    }
  });
});

describe("an arena", () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1, maxLength: 12 });

  it("hands out zeroed, disjoint memory, and does not grow when the same is asked for again", async () => {
    const ring = await Ring.create();
    fc.assert(
      fc.property(sizes, (words) => {
        const arena = ring.arena();
        const round = (): Matrix[] => {
          arena.reset();
          const all = words.map((count) => arena.matrix(1, count));
          for (const one of all) expect(one.words().every((word) => word === 0n)).toBe(true);
          for (const [i, one] of all.entries()) ring.fill(one, BigInt(i) + 1n);
          for (const [i, one] of all.entries()) {
            expect(one.words().every((word) => word === BigInt(i) + 1n)).toBe(true);
          }
          return all;
        };
        const first = round().map((one) => one.pointer);
        const held = ring.memoryBytes;
        expect(round().map((one) => one.pointer)).toEqual(first);
        expect(ring.memoryBytes).toBe(held);
      }),
      { numRuns: 25 },
    );
  });

  it("aligns everything to cache lines", async () => {
    const arena = (await Ring.create()).arena();
    const pointers = [arena.words(1), arena.matrix(1, 3), arena.words(7)].map((one) => one.pointer);
    expect(pointers.every((pointer) => pointer % 64 === 0)).toBe(true);
  });
});
