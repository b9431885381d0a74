import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ResultDocument } from "@moongate/results";
import { describe, expect, it } from "vitest";
import type { PartyOutcome } from "./options.ts";
import { pooledTwin } from "./pooled.ts";
import { type Ending, FederationWorld, type WorldOptions } from "./testing/federation-world.ts";
import { csv, predict, rowsOf, SIDES, scoringOf, train } from "./testing/prediction.ts";

const good = (ending: Ending<PartyOutcome>): PartyOutcome => {
  if (ending.error !== undefined) throw ending.error;
  return ending.outcome;
};

const hidden = { method: "hidden" } as const;
const sine = { kind: "sine", hidden: 4, epochs: 3, batchSize: 64 } as const;

async function run(options: WorldOptions) {
  const world = await FederationWorld.create(options);
  const endings = await world.run();
  const [media, commerce] = [good(endings.media), good(endings.commerce)];
  expect(endings.coordinator?.error).toBeUndefined();
  return { world, media, commerce, result: commerce.result as ResultDocument };
}

describe("a session with hidden alignment", () => {
  it.each([
    ["padded", {}, 600 + 600],
    ["union", { slots: "union" }, 600 + 600 - 400],
  ] as const)(
    "trains on common users and scores all of commerce's: %s",
    async (_, slots, total) => {
      const { world, media, commerce, result } = await run({
        seed: "hidden",
        tables: { matched: 400, own: 200 },
        plan: { alignment: { ...hidden, ...slots } },
      });
      const { rows } = result;
      expect(rows.train + rows.validation + rows.test).toBe(600);
      const { train, validation, test } = result.hidden?.slots ?? {
        train: 0,
        validation: 0,
        test: 0,
      };
      expect(train + validation + test).toBe(total);
      const lines = await csv(join(commerce.runDirectory, "scores.csv"));
      expect(lines.length).toBe(rows.validation + rows.test);
      expect(new Set(lines.map(([id]) => id)).size).toBe(lines.length);

      const pooled = await pooledTwin({ plan: world.plan, ...world.tables });
      expect(pooled.rows).toMatchObject({ validation: rows.validation, test: rows.test });
      const { federated = 0 } = result.auc.bought ?? {};
      expect(Math.abs((federated ?? 0) - (pooled.auc.bought?.test ?? 1))).toBeLessThan(0.02);

      // Nothing that a party keeps tells how many users are common, nor who they are.
      const told = [...media.disclosures, ...commerce.disclosures].map(({ to, what }) =>
        [to, what].join(),
      );
      expect(told.filter((line) => line.includes("which of its own users"))).toEqual([]);
      if (_ === "padded") {
        const kept = await Promise.all(
          SIDES.map((side) => readFile(join(world.directory, side, "log.ndjson"), "utf8")),
        );
        expect(kept.join() + JSON.stringify([media.disclosures, media.seen])).not.toMatch(
          /\b400\b/,
        );
      }
    },
  );

  it("gives parties the same kinds, frames and bytes whoever is common", async () => {
    const counts = async (matched: number) => {
      const { media, result } = await run({
        seed: "whoever",
        tables: { matched, own: 500 - matched },
        plan: { alignment: hidden, model: { ...sine, batchSize: 4096 } },
      });
      const sizes = (seen: PartyOutcome["seen"]) =>
        seen.filter(({ kind }) => !["control", "note", "relay"].includes(kind));
      return {
        media: sizes(media.seen),
        commerce: sizes(result.seen),
        slots: result.hidden?.slots,
      };
    };
    const [few, many] = [await counts(60), await counts(440)];
    // The split of a table by hashed ids moves between tables; sizes in all are what counts.
    const total = (rows: PartyOutcome["seen"]): object =>
      Object.fromEntries(
        rows.map(({ process, channel, kind, bytes }) => [[process, channel, kind].join(), bytes]),
      );
    expect(Object.keys(total(few.media))).toEqual(Object.keys(total(many.media)));
    expect(Object.keys(total(few.commerce))).toEqual(Object.keys(total(many.commerce)));
    const slots = ({ slots: parts }: typeof few) =>
      Object.values(parts ?? {}).reduce((a, b) => a + b, 0);
    expect(slots(few)).toBe(slots(many));
  });

  it("ends alike with too few common users, and its model knows nothing of them", async () => {
    const { result } = await run({
      seed: "few",
      tables: { matched: 10, own: 300 },
      plan: { alignment: hidden, model: sine },
    });
    const lines = await readFile(join(result.runDirectory, "scores.csv"), "utf8");
    const logits = lines
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => Number(line.split(",").at(-1)));
    // Nothing counts, so the output weights never leave their start at zero.
    // What is left is score noise, of deviation 0.05.
    expect(Math.max(...logits.map(Math.abs))).toBeLessThan(0.3);
  });

  it("has no commitment of commerce's to a single slot: empty ones would be alike", async () => {
    const { world } = await run({
      seed: "slots",
      tables: { matched: 60, own: 60 },
      plan: { alignment: hidden, model: sine },
      record: true,
    });
    const commitments = world.received.media.filter(({ kind }) => kind === "commit");
    expect(commitments.length).toBeGreaterThan(0);
    for (const { payload } of commitments) expect(payload.length).toBe(32);
  });

  it("is refused by the split protocol", async () => {
    await expect(
      FederationWorld.create({ plan: { protocol: "split", alignment: hidden } }),
    ).rejects.toMatchObject({ code: "CONFIG_INVALID" });
  });

  it("gives a model that scores all of commerce's new users, the same ones as before", async () => {
    const { world, models, test } = await train({
      seed: "again",
      tables: { matched: 200, own: 100, labels: ["a", "b"] },
      plan: { alignment: hidden, model: sine },
    });
    expect(models.media.absent?.length).toBe(3);
    const ids = [...test.keys()];
    const data = {
      media: rowsOf(world.tables.media, world.tables.media.ids),
      commerce: rowsOf(world.tables.commerce, ids),
    };
    const { commerce } = await predict(scoringOf(models, data), { seed: "again" });
    expect(commerce.rows).toBe(ids.length);
    const lines = await csv(commerce.scores ?? "");
    expect(lines.map(([id]) => id).sort()).toEqual([...ids].sort());
    for (const [id = "", , logit = ""] of lines) {
      // Slots are in another order, so masks and score noise are others: a deviation of 0.07.
      expect(Math.abs(Number(logit) - Number(test.get(id)?.[1]))).toBeLessThan(0.4);
    }
  });
});
