import { describe, expect, it } from "vitest";
import { makePlan } from "@moongate/messages";
import type { FittedPreparation, PartyData } from "./data.ts";
import { trainTwin } from "./baseline.ts";
import { oracles, pooledTwin } from "./pooled.ts";
import { testTables } from "./testing/tables.ts";

const plan = makePlan("s", ["a", "b"], {
  seed: "pooled",
  model: { kind: "logistic", epochs: 5, batchSize: 64, learningRate: 0.2 },
});

describe("the pooled twin", () => {
  it("does not depend on the order of either table's rows", async () => {
    const tables = testTables({ seed: "order", matched: 200, labels: plan.labels });
    const { ids, labels } = tables.commerce;
    const reversed = {
      ...tables.commerce,
      ids: ids.toReversed(),
      labels: Object.fromEntries(
        Object.entries(labels).map(([name, values]) => [name, values.toReversed()]),
      ),
      prepare: async (rows: Uint32Array) => {
        const fitted = await tables.commerce.prepare(rows.map((row) => ids.length - 1 - row));
        return {
          ...fitted,
          encode: (each: Uint32Array) => fitted.encode(each.map((row) => ids.length - 1 - row)),
        };
      },
    };
    const first = await pooledTwin({ plan, ...tables });
    const second = await pooledTwin({ plan, media: tables.media, commerce: reversed });
    expect(second).toEqual(first);
    expect(first.ids.length).toBe(200);
    expect(first.scores.test.length).toBe(first.rows.test * 2);
  });

  it("is better than commerce alone, which trains the same way", async () => {
    const tables = testTables({ seed: "better", matched: 800, labels: plan.labels });
    const pooled = await pooledTwin({ plan, ...tables });
    const fitted = { columns: ["0"], document: {}, encode: zeros };
    const without = { ...tables.media, prepare: () => fitted };
    const alone = await pooledTwin({ plan, media: without, commerce: tables.commerce });
    for (const label of plan.labels) {
      expect(pooled.auc[label]?.test).toBeGreaterThan((alone.auc[label]?.test ?? 1) + 0.05);
    }
  });

  it("without media's columns is the baseline", async () => {
    const alternating = Float64Array.of(1, -1, 1, -1, 1, -1, 1, -1);
    const zero = await trainTwin(
      plan,
      { train: 4, validation: 2, test: 2 },
      { commerce: { cols: 1, rows: (from, to) => alternating.slice(from, to) } },
      Uint8Array.from([1, 0, 1, 0, 1, 0, 1, 0].flatMap((y) => [y, 1 - y])),
    );
    expect(zero.test[0]).toBeGreaterThan(0);
    expect(zero.test[1]).toBeCloseTo(-(zero.test[0] ?? 0), 10);
    expect(zero.test[2]).toBeCloseTo(-(zero.test[0] ?? 0), 10);
  });
});

describe("the oracles", () => {
  it("are the pooled twin, pooled models of other kinds, and media with the labels", async () => {
    const tables = testTables({ seed: "better", matched: 800, labels: plan.labels });
    const { pooled, models } = await oracles({ plan, ...tables, engine: "cpu" });
    expect(pooled).toEqual(await pooledTwin({ plan, ...tables }));
    expect(models.map(({ who, kind }) => `${who} ${kind}`)).toEqual([
      "pooled logistic",
      "pooled relu",
      "pooled sine",
      "media logistic",
      "media relu",
      "media sine",
    ]);
    for (const model of models) {
      expect(model).toMatchObject({ oracle: true, trainedRows: pooled.rows.train });
      for (const label of plan.labels) {
        expect(model.test[label]?.auc).toBeGreaterThan(0.7);
        if (model.who === "media") {
          expect(model.test[label]?.auc).toBeLessThan(pooled.auc[label]?.test ?? 0);
        }
      }
    }
    expect(models[0]?.test["a"]?.auc).toBe(pooled.auc["a"]?.test);
  });

  it("take a kept preparation rather than a new one", async () => {
    const tables = testTables({ seed: "kept", matched: 100, labels: plan.labels });
    const reopening = (data: PartyData): PartyData => ({
      ...data,
      prepare: () => {
        throw new Error("fitted anew");
      },
      reopen: (document) => {
        expect(document).toBe("kept");
        return data.prepare(Uint32Array.of(0)) as FittedPreparation;
      },
    });
    const both = { media: reopening(tables.media), commerce: reopening(tables.commerce) };
    const preparations = { media: "kept", commerce: "kept" };
    expect(await pooledTwin({ plan, ...both, preparations })).toEqual(
      await pooledTwin({ plan, ...tables }),
    );
  });

  it("of a split plan are both halves in one process", async () => {
    const split = makePlan("s", ["a", "b"], {
      protocol: "split",
      model: { kind: "relu", epochs: 8, batchSize: 64, learningRate: 0.1, tower: 8, hidden: 4 },
    });
    const tables = testTables({ seed: "split", matched: 800, labels: split.labels });
    const { auc } = await pooledTwin({ plan: split, ...tables, engine: "cpu" });
    for (const label of split.labels) expect(auc[label]?.test).toBeGreaterThan(0.8);
  });
});

const zeros = (rows: Uint32Array) => ({
  rows: rows.length,
  cols: 1,
  values: new Float64Array(rows.length),
});
