import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OWN_LABELS, readTruth, SYNTHETIC_ID, writePopulation } from "@moongate/data";
import { partyConfigShape } from "@moongate/federation";
import { makePlan } from "@moongate/messages";
import { loadPartyData } from "@moongate/party-data";
import { describe, expect, it, onTestFinished } from "vitest";
import { bestAuc } from "./oracles.ts";
import type { Parties } from "./parties.ts";

describe("the best possible AUC", () => {
  it("is the same however the tables write the ids that the session normalised", async () => {
    const folder = await mkdtemp(join(tmpdir(), "moongate-oracles-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const files = await writePopulation(join(folder, "data"), { seed: "oracles", users: 400 });
    const label = "store_order";
    const exclude = [OWN_LABELS.commerce, "live_order", "content_visit"];
    const config = partyConfigShape.data.parse({ file: files.commerce, id: SYNTHETIC_ID, exclude });
    const table = await loadPartyData(config, { labels: [label] });
    const { ids } = await readTruth(files.truth);
    const joint = table.ids.filter((id) => ids.includes(id));
    const rows = { train: 20, validation: 20, test: joint.length - 40 };
    const best = (idRule: "exact" | "lowercase", written: readonly string[]) => {
      const plan = makePlan("best", [label], { alignment: { idRule } });
      const commerce = { ...table, ids: written };
      const parties = { plan, commerce } as unknown as Parties;
      const normalised = idRule === "exact" ? joint : joint.map((id) => id.toLowerCase());
      return bestAuc(files.truth, parties, { ids: normalised, rows });
    };
    const exact = await best("exact", table.ids);
    expect(exact[label]).toBeGreaterThan(0.55);
    const capitals = table.ids.map((id) => id.toUpperCase());
    expect(await best("lowercase", capitals)).toEqual(exact);
    await expect(best("exact", capitals)).rejects.toThrow("in no table");
  });
});
