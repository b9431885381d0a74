import { type ModelKind, MODELS, namesOf } from "@moongate/catalogue";
import { loadEngine } from "@moongate/learning";
import { makePlan } from "@moongate/messages";
import { describe, expect, it } from "vitest";
import type { ArrangedFeatures } from "../data.ts";
import { generator } from "../testing/tables.ts";
import { modelReport } from "./report.ts";
import { BASELINE_ROWS, OTHER_KINDS_ROWS, trainBaseline } from "./train.ts";

const engine = await loadEngine({ engine: "cpu" });
const plan = makePlan("s", ["same", "product"], {
  model: { kind: "sine", epochs: 12, hidden: 8, batchSize: 64 },
});
const rows = { train: 1500, validation: 200, test: 300 };
const total = 2000;

/** Two columns of random signs with a little noise, one for each party. */
const random = generator("baselines");
const signs = Array.from({ length: 2 }, () =>
  Int8Array.from({ length: total }, () => (random() < 0.5 ? -1 : 1)),
);
const columns = signs.map((sign): ArrangedFeatures => {
  const values = Float64Array.from(sign, (value) => 0.8 * value + 0.2 * random());
  return { cols: 1, rows: (from, to) => values.slice(from, to) };
});
/** The first label is the first column's sign; the second asks for both. */
const labels = new Uint8Array(total * 2);
for (let row = 0; row < total; row++) {
  const [a, b] = signs.map((sign) => sign[row] ?? 0) as [number, number];
  labels[row * 2] = a > 0 ? 1 : 0;
  labels[row * 2 + 1] = a * b > 0 ? 1 : 0;
}

async function testAucs(kind: ModelKind, features: ArrangedFeatures[]) {
  const trained = await trainBaseline(kind, { engine, plan, rows, features, labels });
  if (trained === undefined) throw new Error("diverged");
  expect(trained.trainedRows).toBe(rows.train);
  const scored = { who: "pooled", oracle: true, ...trained } as const;
  const { test } = modelReport(scored, plan.labels, labels, rows);
  return { same: test["same"]?.auc ?? NaN, product: test["product"]?.auc ?? NaN };
}

describe("baselines", () => {
  it.each(namesOf(MODELS))("of kind %s use the columns they are given", async (kind) => {
    const [first, second] = columns as [ArrangedFeatures, ArrangedFeatures];
    const both = await testAucs(kind, [first, second]);
    const [one, other] = [await testAucs(kind, [first]), await testAucs(kind, [second])];
    expect([both.same, one.same].every((auc) => auc > 0.99)).toBe(true);
    expect(other.same).toBeLessThan(0.6);
    expect(one.product).toBeLessThan(0.6);
    if (kind === "logistic") expect(both.product).toBeLessThan(0.6);
    else expect(both.product).toBeGreaterThan(0.95);
  });

  it("take a beginning of many rows: fewer where the kind is not the plan's", async () => {
    const asked = new Map<string, number>();
    const train = BASELINE_ROWS + 10;
    const wide = { ...rows, train };
    const watched = (kind: string): ArrangedFeatures => ({
      cols: 1,
      rows: (from, to) => {
        if (from < train) asked.set(kind, Math.max(asked.get(kind) ?? 0, to));
        return Float64Array.from({ length: to - from }, (_, index) => index % 2);
      },
    });
    const quick = { ...plan, model: { ...plan.model, epochs: 1, batchSize: 65_536 } };
    const many = new Uint8Array((train + rows.validation + rows.test) * 2);
    for (const kind of ["sine", "logistic"] as const) {
      const ground = { engine, plan: quick, rows: wide, features: [watched(kind)], labels: many };
      const trained = await trainBaseline(kind, ground);
      expect(asked.get(kind)).toBe(trained?.trainedRows);
    }
    expect([...asked.values()]).toEqual([BASELINE_ROWS, OTHER_KINDS_ROWS]);
  });

  it("are left out where training diverges", async () => {
    const [first] = columns as [ArrangedFeatures];
    const huge = {
      cols: 1,
      rows: (from: number, to: number) => first.rows(from, to).map((x) => x * 1e30),
    };
    const ground = { engine, plan, rows, features: [huge], labels };
    expect(await trainBaseline("relu", ground)).toBeUndefined();
  });
});
