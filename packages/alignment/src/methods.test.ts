import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arrangeRows, orderRows } from "./arrange.ts";
import { ecdhCost, keyedCost } from "./cost.fixture.ts";
import { DECOYS } from "./decoys.ts";
import { METHODS, ORDER_KEY, runEcdh, runKeyed, type Tables } from "./testing/methods.ts";

const users = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, at) => `user-${from + at}`);

/** A fixed shuffle: 7 and 11 are coprime to every length used. */
const shuffled = (ids: readonly string[]): string[] =>
  ids.map((_, at) => ids[(at * 7 + 11) % ids.length] ?? "");

/** The twin: what the protocols must return, from both tables in the clear. */
async function twin({ media, commerce }: Tables): Promise<string[]> {
  const there = new Set(commerce);
  const common = media.filter((id) => there.has(id));
  return pick(common, await orderRows(common, ORDER_KEY, Uint32Array.from(common.keys())));
}

const pick = (ids: readonly string[], rows: Uint32Array): string[] =>
  [...rows].map((row) => ids[row] ?? "");

const CASES: Readonly<Record<string, Tables>> = {
  "partial overlap": { media: users(0, 60), commerce: users(40, 95) },
  "no overlap": { media: users(0, 30), commerce: users(30, 50) },
  "full overlap, shuffled": { media: users(0, 60), commerce: shuffled(users(0, 60)) },
  "media a subset": { media: shuffled(users(10, 20)), commerce: users(0, 60) },
  "commerce a subset": { media: users(0, 60), commerce: users(59, 60) },
  "unicode ids": { media: ["用户一", "ürün", "🌙", "a b"], commerce: ["🌙", "用户二", "用户一"] },
  "one id, the same": { media: ["x"], commerce: ["x"] },
  "one id, another": { media: ["x"], commerce: ["y"] },
  "an empty table": { media: [], commerce: users(0, 3) },
  "20,000 ids": { media: users(0, 20_000), commerce: shuffled(users(19_500, 20_500)) },
};

describe.each(METHODS)("$name finds the intersection", ({ run }) => {
  it.each(Object.entries(CASES))("%s", async (_name, tables) => {
    const { media, commerce } = await run(tables);
    expect(pick(tables.media, media)).toEqual(await twin(tables));
    expect(pick(tables.commerce, commerce)).toEqual(await twin(tables));
  });

  it("of any two tables", async () => {
    const table = fc.uniqueArray(fc.integer({ min: 0, max: 40 }).map(String), { maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(table, table, async (media, commerce) => {
        const rows = await run({ media, commerce });
        expect(pick(media, rows.media)).toEqual(await twin({ media, commerce }));
        expect(pick(commerce, rows.commerce)).toEqual(await twin({ media, commerce }));
      }),
      { numRuns: 25 },
    );
  });
});

describe("both methods", () => {
  it("lead both parties and an oracle to the same arrangement", async () => {
    const tables = { media: users(0, 200), commerce: shuffled(users(50, 250)) };
    const common = await twin(tables);
    const oracle = await arrangeRows(common, ORDER_KEY);
    for (const { run } of METHODS) {
      const rows = await run(tables);
      for (const side of ["media", "commerce"] as const) {
        const own = await arrangeRows(tables[side], ORDER_KEY, undefined, rows[side]);
        expect(pick(tables[side], own.order)).toEqual(pick(common, oracle.order));
        expect({ ...own, order: undefined }).toEqual({ ...oracle, order: undefined });
      }
    }
  });

  it("refuse a table in which an id is repeated", async () => {
    const tables = { media: ["a", "b", "a"], commerce: ["a", "c"] };
    await expect(runKeyed(tables)).rejects.toMatchObject({ code: "MESSAGE_INVALID" });
    await expect(runEcdh(tables)).rejects.toMatchObject({ code: "MESSAGE_INVALID" });
  });
});

describe("keyed", () => {
  it("tells the coordinator the sizes and nothing more", async () => {
    const { sizes } = await runKeyed({ media: users(0, 60), commerce: users(40, 95) });
    expect(sizes).toEqual({ media: 60 + DECOYS, commerce: 55 + DECOYS, matched: 20 + DECOYS });
  });

  it("refuses when the parties' keys differ: not even the decoys match", async () => {
    const keys = { media: Buffer.from("one key"), commerce: Buffer.from("another key") };
    const tables = { media: users(0, 60), commerce: users(0, 60) };
    await expect(runKeyed(tables, keys)).rejects.toMatchObject({ code: "MATCHES_LEFT_OUT" });
  });

  it("costs the bytes it declares, over several frames too", async () => {
    const { links } = await runKeyed({ media: users(0, 70_000), commerce: users(69_000, 69_900) });
    const { sent, received } = links.media.meter.read();
    expect(sent["psitag"]).toEqual({ frames: 3, bytes: keyedCost(70_000, 900).sent });
    expect(received["psirow"]).toEqual({ frames: 2, bytes: keyedCost(70_000, 900).received });
  });
});

describe("ecdh", () => {
  it("matches nothing when the sessions differ", async () => {
    const { media, commerce } = await runEcdh({ media: users(0, 9), commerce: users(0, 9) }, [
      "one",
      "other",
    ]);
    expect([media.length, commerce.length]).toEqual([0, 0]);
  });

  it("costs the bytes it declares, over several frames too", async () => {
    const { links } = await runEcdh({ media: users(0, 1100), commerce: users(0, 30) });
    const { sent, received } = links.media.meter.read();
    const total = (counts: typeof sent): number =>
      Object.values(counts).reduce((sum, { bytes }) => sum + bytes, 0);
    expect({ sent: total(sent), received: total(received) }).toEqual(ecdhCost(1100, 30));
    expect(sent["ecblind"]?.frames).toBe(3);
  });
});
