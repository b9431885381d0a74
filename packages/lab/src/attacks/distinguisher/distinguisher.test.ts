import { describe, expect, it } from "vitest";
import { jointTable, maskedSession } from "../../testing/masked-session.ts";
import type { AttackResult } from "../attack.ts";
import { distinguisher } from "./distinguisher.ts";
import { scoringOpenings } from "./openings.ts";

const rows = { train: 512, validation: 40, test: 40 };
const width = { media: 4, commerce: 3 };
const models = {
  sine: { kind: "sine", hidden: 4, epochs: 12, batchSize: 64 },
  logistic: { kind: "logistic", epochs: 12, batchSize: 64 },
} as const;

type Game = "labels for media" | "media's columns for commerce";

/**
 * One pair of sessions: labels are swapped and media looks, or users have each other's columns of
 * media's and commerce looks.
 */
async function played(
  kind: keyof typeof models,
  game: Game,
  zeroMasks: boolean,
): Promise<AttackResult> {
  const { labels, features } = jointTable("world", 592, width);
  const swapped = labels.map((label) => 1 - label);
  const turned = turnedRows(features.media, width.media);
  const of = { seed: "world", model: models[kind], rows, width, zeroMasks };
  const zero = await maskedSession({ ...of, labels });
  // Another session has masks of its own.
  const other = game === "labels for media" ? { labels: swapped } : { labels, media: turned };
  const one = await maskedSession({ ...of, masks: "another", ...other });
  const [side, known] =
    game === "labels for media"
      ? (["media", [labels, swapped]] as const)
      : (["commerce", [firstColumn(features.media), firstColumn(turned)]] as const);
  return distinguisher([{ zero: zero.views[side], one: one.views[side] }], { known });
}

const firstColumn = (values: Float64Array): Float64Array =>
  values.filter((_, at) => at % width.media === 0);

/** The last row first. */
function turnedRows(values: Float64Array, cols: number): Float64Array {
  const count = values.length / cols;
  return values.map(
    (_, at) => values[(count - 1 - Math.floor(at / cols)) * cols + (at % cols)] ?? 0,
  );
}

describe.each(["sine", "logistic"] as const)("two worlds of a %s session", (kind) => {
  describe.each(["labels for media", "media's columns for commerce"] as const)(
    "with %s",
    (game) => {
      it("look alike under masks", async () => {
        const result = await played(kind, game, false);
        const [low, high] = result.leak?.interval ?? [1, 1];
        expect(low).toBeLessThanOrEqual(0.5);
        expect(high).toBeGreaterThanOrEqual(0.5);
        expect(result.parts?.length).toBeGreaterThan(4);
      });

      it("differ without masks (control)", async () => {
        const result = await played(kind, game, true);
        expect(result.leak?.mean).toBeGreaterThan(0.97);
      });
    },
  );

  it("may be told in several pairs of sessions: what is tested on is of another session", async () => {
    const pair = async (masks: string) => {
      const of = { seed: "world", model: models[kind], rows, width, masks, zeroMasks: true };
      const { labels } = jointTable("world", 592, width);
      const zero = await maskedSession({ ...of, labels });
      const one = await maskedSession({ ...of, labels: labels.map((label) => 1 - label) });
      return { zero: zero.views.media, one: one.views.media };
    };
    const pairs = [await pair("a"), await pair("b")];
    const result = distinguisher(pairs);
    expect(result.leak?.mean).toBeGreaterThan(0.97);
    // All of the last pair is tested on, half of it after the choice.
    const steps = models[kind].epochs * (rows.train / models[kind].batchSize);
    expect(result.parts?.find(({ tensor }) => tensor === "all tensors")?.steps).toBe(2 * steps);
  });
});

describe("openings of scored rows", () => {
  const of = {
    seed: "scored",
    model: models.sine,
    rows: { train: 256, validation: 200, test: 200 },
  };
  it("are in blocks of rows, without what is told on purpose", async () => {
    const { views } = await maskedSession(of);
    const blocks = scoringOpenings(views.commerce);
    expect(blocks).toHaveLength(12);
    const names = ["scoring 2:sine-forward/angle", "scoring 3:truncate/value"];
    for (const block of blocks) expect([...block.keys()]).toEqual(names);
    const positions = blocks.flatMap((block) => [...(block.get(names[0] ?? "")?.positions ?? [])]);
    expect(positions[0]).toBe(256);
    // The second stretch, of test rows, begins anew.
    expect(positions[6 * 32]).toBe(456);
    expect(new Set(positions).size).toBe(positions.length);
  });

  it("tell worlds apart without masks (control), and not under them", async () => {
    const { labels } = jointTable("scored", 656, { media: 4, commerce: 3 });
    const leak = async (zeroMasks: boolean) => {
      const zero = await maskedSession({ ...of, labels, zeroMasks });
      const swapped = labels.map((label) => 1 - label);
      const one = await maskedSession({ ...of, labels: swapped, masks: "another", zeroMasks });
      const { parts } = distinguisher([{ zero: zero.views.media, one: one.views.media }]);
      return parts?.find(({ tensor }) => tensor === "all tensors of scoring")?.leak;
    };
    expect((await leak(true))?.mean).toBeGreaterThan(0.97);
    const [low, high] = (await leak(false))?.interval ?? [1, 1];
    expect(low).toBeLessThanOrEqual(0.5);
    expect(high).toBeGreaterThanOrEqual(0.5);
  });
});
