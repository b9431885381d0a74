import { memoryPair } from "@moongate/transport";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AssignedSlots, assignSlots } from "./assign-slots.ts";
import { splitRows } from "./arrange.ts";
import { hiddenCost } from "./cost.fixture.ts";
import { alignHidden, NO_ROW, type SlotArrangement } from "./hidden.ts";
import { ORDER_KEY, PAIR_KEY, type Tables } from "./testing/methods.ts";

const users = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, at) => `user-${from + at}`);

interface Run {
  readonly media: SlotArrangement;
  readonly commerce: SlotArrangement;
  readonly known: AssignedSlots;
  readonly bytes: { readonly sent: number; readonly received: number };
}

async function run(tables: Tables, padded = true): Promise<Run> {
  const [media, toMedia] = memoryPair({ names: ["media", "coordinator"] });
  const [commerce, toCommerce] = memoryPair({ names: ["commerce", "coordinator"] });
  const party = async (link: typeof media, ids: readonly string[]) => {
    const parts = await splitRows({ ids, key: ORDER_KEY });
    return alignHidden({ link, ids, parts, pairKey: PAIR_KEY, timeoutMs: 20_000 });
  };
  const [ofMedia, ofCommerce, known] = await Promise.all([
    party(media, tables.media),
    party(commerce, tables.commerce),
    assignSlots({ media: toMedia, commerce: toCommerce, padded, timeoutMs: 20_000 }),
  ]);
  const { sent, received } = media.meter.read();
  const bytes = { sent: sent["psitag"]?.bytes ?? 0, received: received["psislot"]?.bytes ?? 0 };
  return { media: ofMedia, commerce: ofCommerce, known, bytes };
}

const sizesOf = ({ train, validation, test }: SlotArrangement) => ({ train, validation, test });
const has = (order: Uint32Array): Uint8Array =>
  Uint8Array.from(order, (row) => (row === NO_ROW ? 0 : 1));

describe("hidden alignment", () => {
  it("gives both parties' rows of a common user one slot, and every other row its own", async () => {
    const table = fc.uniqueArray(fc.integer({ min: 0, max: 60 }).map(String), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(table, table, fc.boolean(), async (media, commerce, padded) => {
        const done = await run({ media, commerce }, padded);
        expect(sizesOf(done.media)).toEqual(done.known.slots);
        expect(sizesOf(done.commerce)).toEqual(done.known.slots);
        expect(has(done.media.order)).toEqual(done.known.owners.media);
        expect(has(done.commerce.order)).toEqual(done.known.owners.commerce);
        const common = media.filter((id) => commerce.includes(id));
        const together: string[] = [];
        done.media.order.forEach((row, slot) => {
          const other = done.commerce.order[slot] ?? NO_ROW;
          if (row === NO_ROW || other === NO_ROW) return;
          expect(media[row]).toBe(commerce[other]);
          together.push(media[row] ?? "");
        });
        expect(together.sort()).toEqual(common.sort());
        const { train, validation, test } = done.known.matched;
        expect(train + validation + test).toBe(common.length);
        const slots = media.length + commerce.length - (padded ? 0 : common.length);
        expect(done.media.order.length).toBe(slots);
      }),
      { numRuns: 25 },
    );
  });

  it("puts every row into a slot of its part", async () => {
    const media = users(0, 300);
    const parts = await splitRows({ ids: media, key: ORDER_KEY });
    const { media: slots } = await run({ media, commerce: users(100, 400) });
    slots.order.forEach((row, slot) => {
      if (row === NO_ROW) return;
      const part = slot < slots.train ? 0 : slot < slots.train + slots.validation ? 1 : 2;
      expect(parts[row]).toBe(part);
    });
  });

  it("costs the bytes it declares, whatever is common", async () => {
    const { bytes } = await run({ media: users(0, 70_000), commerce: users(69_000, 69_900) });
    expect(bytes).toEqual(hiddenCost(70_000));
    const none = await run({ media: users(0, 70), commerce: users(100, 200) });
    expect(none.bytes).toEqual(hiddenCost(70));
  });
});

/** The place of one user of media's, as a share of all slots of its part. */
async function place(
  commerce: readonly string[],
  runs: number,
  padded: boolean,
): Promise<number[]> {
  const ids = users(0, 10);
  const parts = new Uint8Array(10);
  const places: number[] = [];
  for (let at = 0; at < runs; at++) {
    const [media, toMedia] = memoryPair({ names: ["media", "coordinator"] });
    const [other, toOther] = memoryPair({ names: ["commerce", "coordinator"] });
    const common = { pairKey: PAIR_KEY, timeoutMs: 20_000 };
    const [{ order }] = await Promise.all([
      alignHidden({ ...common, link: media, ids, parts }),
      alignHidden({
        ...common,
        link: other,
        ids: commerce,
        parts: new Uint8Array(commerce.length),
      }),
      assignSlots({ media: toMedia, commerce: toOther, padded, timeoutMs: 20_000 }),
    ]);
    places.push((order.indexOf(0) + 0.5) / order.length);
  }
  return places;
}

describe("a party's view of hidden alignment", () => {
  const member = users(0, 8);
  const stranger = [...users(1, 8), "somebody else"];
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;

  it("is distributed alike whether the other has that user or not", async () => {
    // A uniform place has a deviation of 0.29, so a mean of 200 has one of 0.02.
    expect(Math.abs(mean(await place(member, 200, true)) - 0.5)).toBeLessThan(0.1);
    expect(Math.abs(mean(await place(stranger, 200, true)) - 0.5)).toBeLessThan(0.1);
  });

  it("has as many slots in both worlds if padded, and tells by their number if not (control)", async () => {
    const slots = async (commerce: readonly string[], padded: boolean) => {
      const { media } = await run({ media: users(0, 10), commerce }, padded);
      return media.order.length;
    };
    expect(await slots(member, true)).toBe(await slots(stranger, true));
    expect(await slots(member, false)).not.toBe(await slots(stranger, false));
  });
});
