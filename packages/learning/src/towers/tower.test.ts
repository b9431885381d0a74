import { describe, expect, it } from "vitest";
import type { Engine } from "../engine/engine.ts";
import { usableEngines } from "../engine/usable.fixture.ts";
import { exampleRows, farthest } from "../networks/examples.fixture.ts";
import { decodeTower, encodeTower } from "./encoding.ts";
import { plainTower } from "./tower.ts";
import { TOWER_DEFAULTS, trainTower } from "./train.ts";

const { engines } = await usableEngines();
const rows = exampleRows("rows", 200, 5, 1);
const none = { ...rows, labels: new Uint8Array(), labelCount: 0 };
const plan = { ...TOWER_DEFAULTS, hidden: [6], width: 3, epochs: 2, seed: "1" };

describe.each([
  ["labels", rows, Infinity],
  ["reconstruction", none, Infinity],
  ["both", rows, 0.5],
] as const)("a tower for %s, without an engine", async (objective, train, labelWeight) => {
  const engine = engines[0] as Engine;
  const tower = await trainTower({
    engine,
    plan: { ...plan, labelWeight },
    train,
    validation: train,
  });
  const plain = plainTower(tower.state);

  it("embeds as it does with one", () => {
    expect(tower.state.objective).toBe(objective);
    const embeddings = plain.embed(rows.features);
    expect(farthest(embeddings, tower.embed(rows.features))).toBeLessThan(1e-4);
    expect(new Set(embeddings).size).toBeGreaterThan(500);
  });

  it("gives a row the same bits alone, among others, and after it was saved", () => {
    const all = plain.embed(rows.features);
    const again = plainTower(decodeTower(encodeTower(tower.state)));
    expect(again.embed(rows.features)).toEqual(all);
    for (const row of [0, 77, 199]) {
      const alone = again.embed(rows.features.subarray(row * 5, row * 5 + 5));
      expect(alone).toEqual(all.slice(row * 3, row * 3 + 3));
    }
  });

  it("refuses what are no rows", () => {
    expect(() => plain.embed(new Float64Array(7))).toThrow("no rows of 5 features");
  });
});
