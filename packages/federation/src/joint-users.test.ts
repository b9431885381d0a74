/** What a party agrees to of the other's table and of the joint users, in whole sessions. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Frame } from "@moongate/transport";
import { describe, expect, it, onTestFinished } from "vitest";
import type { PartyData } from "./data.ts";
import { FederationWorld, type WorldOptions } from "./testing/federation-world.ts";

/** The same table without its last rows. */
function without(count: number, data: PartyData): PartyData {
  const left = data.ids.length - count;
  const labels = Object.entries(data.labels ?? {});
  return {
    ...data,
    ids: data.ids.slice(0, left),
    ...(labels.length === 0
      ? {}
      : { labels: Object.fromEntries(labels.map(([name, each]) => [name, each.slice(0, left)])) }),
  };
}

describe("the users that a label is trained on", () => {
  const registers = async (): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), "moongate-sets-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    return folder;
  };
  const run = async (folder: string, fewer: number, more: WorldOptions = {}) => {
    const world = await FederationWorld.create({
      seed: "joint users",
      registers: folder,
      tables: { matched: 80, own: 0 },
      bring: (side, data) => (side === "media" ? without(fewer, data) : data),
      commerceAccept: { minimumNewUsers: 3 },
      ...more,
    });
    return { endings: await world.run(), events: world.events };
  };

  it("are refused when they are an earlier training's but for a few, in words that do not say which", async () => {
    const folder = await registers();
    expect((await run(folder, 0)).endings.media.error).toBeUndefined();
    const { endings, events } = await run(folder, 2);
    expect(endings.commerce.error).toMatchObject({ code: "DIFFERENCE_TOO_SMALL" });
    const told = endings.media.error?.message ?? "";
    expect(told).toContain("commerce ended the session: DIFFERENCE_TOO_SMALL");
    expect(told).not.toContain("bought");
    const notes = events.flatMap(({ event }) => (event.event === "note" ? [event.text] : []));
    expect(notes.join()).toContain('An earlier training of "bought" had the same users but 2');

    expect((await run(folder, 0)).endings.media.error).toBeUndefined();
    // Of eight users, some are held out and count for nothing.
    expect((await run(folder, 8)).endings.media.error).toBeUndefined();
    // Without a limit the few users' difference is anybody's (the control).
    const free = { commerceAccept: { minimumNewUsers: 0 } };
    expect((await run(folder, 2, free)).endings.media.error).toBeUndefined();
  });
});

describe.each([
  ["media", { accept: { maximumPeerRows: 50 } }],
  ["commerce", { commerceAccept: { maximumPeerRows: 50 } }],
] as const)("a table that is too long for %s", (side, options) => {
  it.each(["keyed", "ecdh", "hidden"] as const)(
    "is refused before a tag is sent (%s)",
    async (method) => {
      const sent: string[] = [];
      const watch = (frame: Frame): undefined => {
        sent.push(frame.kind);
      };
      const world = await FederationWorld.create({
        seed: "too long",
        plan: { alignment: { method } },
        onSend: { [side]: watch },
        onInnerSend: { [side]: watch },
        ...options,
      });
      const endings = await world.run();
      expect(endings[side].error).toMatchObject({
        code: "SESSION_REFUSED",
        message: expect.stringContaining("360 rows") as string,
      });
      expect(sent.filter((kind) => kind.startsWith("psi"))).toEqual([]);
      expect(sent).toContain("note");
    },
  );
});
