import { auc } from "@moongate/statistics";
import { describe, expect, it } from "vitest";
import { leakAuc } from "./attack.ts";
import { besides } from "./beside.ts";
import { DEFAULT_PLAN } from "./plan.ts";
import { sessionHere } from "./session-here.fixture.ts";
import { jointModel } from "./weights.ts";

const plan = { ...DEFAULT_PLAN, epochs: 3 };

describe("the session of the page", async () => {
  const [masked, again, bare] = [
    await sessionHere(plan),
    await sessionHere(plan),
    await sessionHere({ ...plan, zeroMasks: true }),
  ];
  const beside = await besides(plan);

  it("learns as well as on pooled data, and better than commerce alone", () => {
    const { testScores, sizes } = masked.commerce;
    expect(testScores).toHaveLength(sizes.test);
    const federated = auc(testScores ?? [], beside.testLabels);
    expect(Math.abs(federated - beside.ceiling)).toBeLessThan(0.01);
    expect(federated).toBeGreaterThan(beside.floor + 0.05);
  });

  it("is the same, bit for bit, for the same seed", () => {
    const of = ({ media, commerce }: typeof masked) =>
      jointModel(media.parameters, commerce.parameters).fingerprint;
    expect(of(again)).toBe(of(masked));
    expect(of(masked)).toMatch(/^[0-9a-f]{64}$/);
  });

  it("tells media nothing of the labels, and without masks everything (control)", () => {
    expect(Math.abs(leakAuc(masked.attempt, beside.trainLabels) - 0.5)).toBeLessThan(0.07);
    expect(leakAuc(bare.attempt, beside.trainLabels)).toBeGreaterThan(0.95);
  });

  it("moves the same bytes in the same order, so that a link finds a moment again", () => {
    expect(masked.tags).toHaveLength(32);
    expect(again.tags).toEqual(masked.tags);
  });

  it("keeps a ledger of what was opened", () => {
    expect(masked.commerce.ledger.map(({ what }) => what)).toEqual([
      "validation scores after epoch 1",
      "validation scores after epoch 2",
      "validation scores",
      "test scores",
    ]);
  });
});
