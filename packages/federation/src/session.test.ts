import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { type ResultDocument, resultSchema } from "@moongate/messages";
import { describe, expect, it } from "vitest";
import { pooledTwin } from "./pooled.ts";
import { FederationWorld } from "./testing/federation-world.ts";

describe("a session", () => {
  it("runs from joining to the result document", async () => {
    const world = await FederationWorld.create({ tables: { matched: 600 } });
    const { media, commerce, coordinator } = await world.run();
    if (media.error) throw media.error;
    if (commerce.error) throw commerce.error;
    expect(coordinator?.error).toBeUndefined();
    const result = commerce.outcome.result as ResultDocument;
    const pooled = await pooledTwin({ plan: world.plan, ...world.tables });
    expect(result.rows).toMatchObject({ media: 720, commerce: 720, aligned: 600, ...pooled.rows });
    expect(
      Math.abs((result.auc.bought?.federated ?? 0) - (pooled.auc.bought?.test ?? 1)),
    ).toBeLessThan(0.02);
    const names = await readdir(commerce.outcome.runDirectory);
    expect(names.sort()).toEqual([
      "ledger.json",
      "log.ndjson",
      "result.json",
      "scores.csv",
      "seen.json",
    ]);
    for (const name of names) {
      const { mode } = await stat(join(commerce.outcome.runDirectory, name));
      expect(mode & 0o777).toBe(0o600);
    }
    const file = await readFile(join(commerce.outcome.runDirectory, "result.json"), "utf8");
    expect(resultSchema.parse(JSON.parse(file))).toEqual(result);
  });
});
