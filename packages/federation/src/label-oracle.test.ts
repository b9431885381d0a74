/** What media can tell of commerce's labels from how a session goes and ends: nothing. */
import { MoongateError } from "@moongate/errors";
import { describe, expect, it } from "vitest";
import { FederationWorld } from "./testing/federation-world.ts";

type Label = "mixed" | "all 0" | "all 1";
const LABELS: readonly Label[] = ["mixed", "all 0", "all 1"];

/** All that media and coordinator see of a session: its ending, and every frame's kind and size. */
async function seen(label: Label, ends = false): Promise<{ ending: string; frames: string[] }> {
  const world = await FederationWorld.create({
    seed: "label oracle",
    record: true,
    bring: (side, data) => {
      if (side !== "commerce") return data;
      const bought = data.labels?.["bought"] ?? new Uint8Array();
      const changed = label === "mixed" ? bought : bought.map(() => (label === "all 0" ? 0 : 1));
      const prepare: typeof data.prepare = (...given) => {
        if (ends && label !== "mixed") throw new MoongateError("LABEL_ONE_CLASS", label);
        return data.prepare(...given);
      };
      return { ...data, labels: { bought: changed }, prepare };
    },
  });
  const { media, coordinator } = await world.run();
  const ending = [media.error, coordinator?.error].map((error) =>
    error === undefined ? "well" : `${error.code}: ${error.message}`,
  );
  const frames = (["media", "coordinator"] as const).flatMap((role) =>
    world.received[role]
      // Phases, times and TLS records differ from run to run.
      .filter(({ kind }) => kind !== "relay" && kind !== "control")
      .map(({ kind, payload }) => `${role} ${kind} ${payload.length}`),
  );
  return { ending: ending.join(" / "), frames: frames.sort() };
}

describe("a label of one class", () => {
  it("ends no session, and media sees the same as of any other label", async () => {
    const [mixed, ...others] = await Promise.all(LABELS.map((label) => seen(label)));
    expect(mixed?.ending).toBe("well / well");
    expect(mixed?.frames.length).toBeGreaterThan(10);
    for (const other of others) expect(other).toEqual(mixed);
  });

  it("is told from others by the ending of a commerce that refuses it (the control)", async () => {
    const [mixed, ...others] = await Promise.all(LABELS.map((label) => seen(label, true)));
    for (const other of others) {
      expect(other.ending).not.toBe(mixed?.ending);
      expect(other.ending).toContain("PARTY_STOPPED");
      expect(other.ending).not.toMatch(/LABEL|all [01]/);
    }
  });

  it("has null metrics where two classes are compared, and the scores are written", async () => {
    const world = await FederationWorld.create({
      seed: "label oracle",
      bring: (side, data) => {
        const bought = data.labels?.["bought"];
        return bought === undefined || side === "media"
          ? data
          : { ...data, labels: { bought: bought.map(() => 0) } };
      },
    });
    const { commerce } = await world.run();
    const model = commerce.outcome?.result?.models.find(({ who }) => who === "federated");
    expect(model?.test["bought"]).toMatchObject({ auc: null, ks: null, prAuc: null, lift10: null });
    expect(model?.test["bought"]?.logLoss).toBeGreaterThan(0);
    expect(commerce.outcome?.result?.auc["bought"]).toMatchObject({ federated: null });
  });
});
