import { expect, it } from "vitest";
import { FederationWorld } from "./testing/federation-world.ts";

it("a session whose parties audit the coordinator ends well, and says so in both ledgers", async () => {
  const world = await FederationWorld.create({
    seed: "audit",
    views: "honest",
    plan: { model: { kind: "logistic", epochs: 6, batchSize: 32 }, auditDealer: 0.5 },
  });
  const { media, commerce, coordinator } = await world.run();
  expect([media.error, commerce.error, coordinator?.error]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  const linesOf = (disclosures: readonly { what: string; to: string; shape: string }[] = []) =>
    disclosures.filter(({ what }) => what.includes("dealings"));
  const [own] = linesOf(commerce.outcome?.disclosures);
  expect(own?.to).toBe("media");
  // 42 steps with a mean of one opened dealing each: none at all once in 2^42.
  expect(Number(own?.shape.split("×")[0])).toBeGreaterThan(0);
  expect(linesOf(media.outcome?.disclosures)).toMatchObject([
    { to: "commerce", shape: own?.shape },
  ]);
  const spare = commerce.outcome?.seen.filter(({ kind }) => kind === "spare");
  expect(spare?.map(({ process }) => process).sort()).toEqual(["commerce", "coordinator"]);
  expect(commerce.outcome?.seen.some(({ as }) => as === "frames it has no use for")).toBe(false);
});
