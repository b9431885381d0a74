import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arrangeRows, orderRows, splitRows, PARTS } from "./arrange.ts";

const KEY = Buffer.from("seed 7");
const ids = Array.from({ length: 4000 }, (_, at) => `user-${at}`);
const refusal = (fields: object): Error => expect.objectContaining(fields) as Error;

describe("splitRows", () => {
  it("meets the shares within the spread of a fair draw", async () => {
    const uses = await splitRows({ ids, key: KEY });
    const counts = PARTS.map((_, use) => uses.filter((own) => own === use).length);
    const shares = [0.7, 0.1, 0.2];
    counts.forEach((count, use) => {
      const share = shares[use] ?? 0;
      const sigma = Math.sqrt(ids.length * share * (1 - share));
      expect(Math.abs(count - ids.length * share)).toBeLessThan(4 * sigma);
    });
  });

  it("gives an id the same use whatever other ids there are", async () => {
    const uses = await splitRows({ ids, key: KEY });
    const some = ids.filter((_, at) => at % 3 === 0).reverse();
    const alone = await splitRows({ ids: some, key: KEY });
    expect([...alone].reverse()).toEqual([...uses.filter((_, at) => at % 3 === 0)]);
  });

  it("gives another split under another key", async () => {
    const other = await splitRows({ ids, key: Buffer.from("seed 8") });
    expect(other).not.toEqual(await splitRows({ ids, key: KEY }));
  });

  it("takes a share of nothing and a share of all literally", async () => {
    const fractions = { train: 1, validation: 0, test: 0 };
    expect(new Set(await splitRows({ ids, key: KEY, fractions }))).toEqual(new Set([0]));
    const noTest = { train: 0.1, validation: 0.9, test: 0 };
    expect(new Set(await splitRows({ ids, key: KEY, fractions: noTest }))).toEqual(new Set([0, 1]));
  });

  it.each([
    { train: 0.7, validation: 0.1, test: 0.1 },
    { train: 1.2, validation: -0.2, test: 0 },
    { train: Number.NaN, validation: 0.5, test: 0.5 },
  ])("refuses %j", async (fractions) => {
    await expect(splitRows({ ids, key: KEY, fractions })).rejects.toThrow(
      refusal({ code: "CONFIG_INVALID" }),
    );
  });
});

describe("arrangeRows", () => {
  it("holds every row once, by use, and by keyed hash within a use", async () => {
    const { order, train, validation, test } = await arrangeRows(ids, KEY);
    const uses = await splitRows({ ids, key: KEY });
    expect([...order].sort((a, b) => a - b)).toEqual([...ids.keys()]);
    expect([...order].map((row) => uses[row])).toEqual([
      ...Array<number>(train).fill(0),
      ...Array<number>(validation).fill(1),
      ...Array<number>(test).fill(2),
    ]);
    const place = new Map([...(await orderRows(ids, KEY, order))].map((row, at) => [row, at]));
    const trainPlaces = [...order.subarray(0, train)].map((row) => place.get(row) ?? -1);
    expect(trainPlaces).toEqual([...trainPlaces].sort((a, b) => a - b));
  });

  it("depends on ids and key alone, not on where the rows stand in a table", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...ids.keys()].slice(0, 300), { minLength: 100 }),
        async (rows) => {
          const arranged = await arrangeRows(ids, KEY, undefined, Uint32Array.from(rows));
          const sorted = await arrangeRows(ids, KEY, undefined, Uint32Array.from(rows).sort());
          expect(arranged).toEqual(sorted);
        },
      ),
      { numRuns: 20 },
    );
  });

  it("refuses an empty intersection and one too small for its uses", async () => {
    await expect(arrangeRows([], KEY)).rejects.toThrow(refusal({ code: "ALIGNMENT_EMPTY" }));
    await expect(arrangeRows(["a"], KEY)).rejects.toThrow(refusal({ code: "ALIGNMENT_TOO_SMALL" }));
    const all = { train: 0, validation: 0, test: 1 };
    expect(await arrangeRows(["a"], KEY, all)).toMatchObject({ train: 0, validation: 0, test: 1 });
  });

  it("keeps its published order: the vector", async () => {
    const few = ["alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi"];
    const half = { train: 0.5, validation: 0.25, test: 0.25 };
    const { order, train, validation, test } = await arrangeRows(few, KEY, half);
    expect({ order: [...order], train, validation, test }).toEqual(VECTOR);
  });
});

/** Computed apart, from RFC 5869 and RFC 2104: a change would split old sessions in another way. */
const VECTOR = { order: [6, 4, 3, 7, 0, 5, 2, 1], train: 5, validation: 2, test: 1 };
