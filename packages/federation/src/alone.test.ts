import { makePlan } from "@moongate/messages";
import { describe, expect, it } from "vitest";
import { trainAlone } from "./alone.ts";
import { pooledTwin } from "./pooled.ts";
import { testTables } from "./testing/tables.ts";

const tables = {
  plan: makePlan("alone", ["bought"], {
    seed: "alone",
    model: { kind: "logistic", epochs: 5, batchSize: 64, learningRate: 0.2 },
  }),
  ...testTables({ seed: "alone", matched: 600 }),
  engine: "cpu",
} as const;

describe("models without a session", () => {
  it("of commerce alone have its columns, on the rows of a session", async () => {
    const alone = await trainAlone("local", tables);
    expect(alone.models.map(({ who, kind, oracle }) => [who, kind, oracle])).toEqual([
      ["commerce", "logistic", false],
      ["commerce", "relu", false],
      ["commerce", "sine", false],
    ]);
    const { rows, ids } = await pooledTwin(tables);
    expect([alone.rows, alone.ids]).toEqual([rows, ids]);
    expect(alone.width).toEqual({ media: 3, commerce: 2 });
  });

  it("of both tables are oracles, the plan's own kind the twin's", async () => {
    const { models } = await trainAlone("pooled", tables);
    const { auc } = await pooledTwin(tables);
    expect(models.map(({ who, kind, oracle }) => [who, kind, oracle])).toEqual([
      ["pooled", "logistic", true],
      ["pooled", "relu", true],
      ["pooled", "sine", true],
    ]);
    expect(models[0]?.test["bought"]?.auc).toBe(auc["bought"]?.test);
    const alone = await trainAlone("local", tables);
    const kept = (of: typeof models): number => of[0]?.test["bought"]?.auc ?? 0;
    expect(kept(models)).toBeGreaterThan(kept(alone.models) + 0.05);
  });
});
