import { describe, expect, it } from "vitest";
import { jointTable, maskedSession } from "../../testing/masked-session.ts";
import type { AttackResult } from "../attack.ts";
import { distinguisher, type WorldPair } from "./distinguisher.ts";

const rows = { train: 512, validation: 40, test: 40 };
const width = { media: 4, commerce: 3 };
const models = {
  sine: { kind: "sine", hidden: 4, epochs: 12, batchSize: 64 },
  logistic: { kind: "logistic", epochs: 12, batchSize: 64 },
} as const;

/** One pair of sessions whose labels are swapped, as media saw them. */
async function played(kind: keyof typeof models, zeroMasks: boolean): Promise<AttackResult> {
  const pairs: WorldPair[] = [];
  const { labels } = jointTable("world", 592, width);
  const swapped = labels.map((label) => 1 - label);
  const of = { seed: "world", model: models[kind], rows, width, zeroMasks };
  const zero = await maskedSession({ ...of, labels });
  // Another session has masks of its own.
  const one = await maskedSession({ ...of, masks: "another", labels: swapped });
  pairs.push({ zero: zero.views.media, one: one.views.media });
  return distinguisher(pairs, { labels: [labels, swapped] });
}

describe.each(["sine", "logistic"] as const)("two worlds of a %s session", (kind) => {
  it("look alike under masks", async () => {
    const result = await played(kind, false);
    const [low, high] = result.leak?.interval ?? [1, 1];
    expect(low).toBeLessThanOrEqual(0.5);
    expect(high).toBeGreaterThanOrEqual(0.5);
    expect(result.parts?.length).toBeGreaterThan(4);
  });

  it("differ without masks (control)", async () => {
    const result = await played(kind, true);
    expect(result.leak?.mean).toBeGreaterThan(0.97);
  });
});
