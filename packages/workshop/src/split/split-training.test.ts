import { sha256 } from "@moongate/crypto";
import { cpuEngine } from "@moongate/learning/split";
import { beforeAll, describe, expect, it } from "vitest";
import { jointTables, type JointTables } from "../session/joint-tables.ts";
import { FENCED_TABLE, type SplitOutcome, trainSplit } from "./split-training.ts";

const key = sha256("noise of a test");

describe("split training with a fence", () => {
  let tables: JointTables;
  let bare: SplitOutcome;
  const trained = async (defences: Parameters<typeof trainSplit>[2]) =>
    trainSplit(await cpuEngine(), tables, defences, key, FENCED_TABLE.seed);
  beforeAll(async () => {
    tables = await jointTables(FENCED_TABLE, FENCED_TABLE.few);
    bare = await trained({});
  });

  it("tells media nearly every label where there is none (control)", () => {
    expect(bare.leak).toBeGreaterThan(0.95);
    expect(bare.auc).toBeGreaterThan(0.6);
    expect(bare.attacks.map(({ applicable }) => applicable)).toEqual([true, true, true]);
  });

  it.each([
    ["randomised response", { labels: { kind: "randomised-response", epsilon: 1 } }],
    ["Marvell", { gradient: { kind: "marvell", s: 4 } }],
    ["clipped noise", { gradient: { kind: "gaussian", clip: 1, multiplier: 1 } }],
  ] as const)("tells much less behind %s", async (_name, defences) => {
    const { leak } = await trained(defences);
    expect(leak).toBeLessThan(0.8);
  });

  it("still tells most behind sparsification, which adds no randomness", async () => {
    const { leak } = await trained({ gradient: { kind: "sparsification", quantile: 0.9 } });
    expect(leak).toBeGreaterThan(0.8);
  });

  it("repeats bit for bit under the same key", async () => {
    const again = await trained({});
    expect(again.testScores).toEqual(bare.testScores);
    expect(again.leak).toBe(bare.leak);
  });
});
