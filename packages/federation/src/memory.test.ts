import { readdirSync, readlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FederationWorld } from "./testing/federation-world.ts";

const FILES = "/proc/self/fd";
const linux = process.platform === "linux";

/** Files of masked rows that this process has open under that folder: they have no name any more. */
function openMaskedRows(folder: string): string[] {
  return readdirSync(FILES).flatMap((name) => {
    try {
      const target = readlinkSync(`${FILES}/${name}`);
      return target.startsWith(folder) && target.includes("masked-rows") ? [target] : [];
    } catch {
      return []; // closed meanwhile
    }
  });
}

describe("a party's memory", () => {
  it("holds features encoded a stretch at a time, never all of them", async () => {
    const encoded = { media: [] as number[], commerce: [] as number[] };
    const world = await FederationWorld.create({
      tables: { matched: 7000 },
      plan: { model: { kind: "logistic", epochs: 2, batchSize: 1024 } },
      onEncode: (side, rows) => encoded[side].push(rows),
    });
    const { media, commerce } = await world.run();
    expect([media.error, commerce.error]).toEqual([undefined, undefined]);
    for (const side of ["media", "commerce"] as const) {
      expect(Math.max(...encoded[side])).toBeLessThanOrEqual(2048);
    }
    // Media encodes every row once, and then has it in two bytes a value.
    expect(encoded.media.reduce((sum, rows) => sum + rows, 0)).toBe(7000);
  });

  it.skipIf(!linux)("leaves large masked columns to a file, closed at the end", async () => {
    const open = new Set<string>();
    const world = await FederationWorld.create({
      spillAboveBytes: 0,
      onEvent: (_side, event, { directory }) => {
        if (event.event !== "progress" || event.phase !== "training") return;
        for (const file of openMaskedRows(directory)) open.add(file);
      },
    });
    const { media, commerce } = await world.run();
    expect([media.error, commerce.error]).toEqual([undefined, undefined]);
    expect([...open].sort()).toEqual([
      expect.stringMatching(/\/commerce\/masked-rows-.* \(deleted\)$/),
      expect.stringMatching(/\/media\/masked-rows-.* \(deleted\)$/),
    ]);
    expect(openMaskedRows(world.directory)).toEqual([]);
  });

  it.skipIf(!linux)("gives the file back when the session fails, too", async () => {
    let open = 0;
    const world = await FederationWorld.create({
      spillAboveBytes: 0,
      onEvent: (side, event, own) => {
        if (event.event !== "progress" || event.phase !== "training") return;
        open = Math.max(open, openMaskedRows(own.directory).length);
        own.interrupt(side);
      },
    });
    const { media, commerce } = await world.run();
    expect([media.error?.code, commerce.error?.code]).toContain("INTERRUPTED");
    expect(open).toBeGreaterThan(0);
    await expect.poll(() => openMaskedRows(world.directory)).toEqual([]);
  });

  it("keeps them in memory where they are small", async () => {
    const open: string[] = [];
    const world = await FederationWorld.create({
      onEvent: (_side, event, { directory }) => {
        if (linux && event.event === "progress") open.push(...openMaskedRows(directory));
      },
    });
    const { commerce } = await world.run();
    expect(commerce.error).toBeUndefined();
    expect(open).toEqual([]);
    const { memory, baselineRows, rows } = commerce.outcome?.result ?? {};
    expect(baselineRows).toBe(rows?.train);
    expect(Object.keys(memory ?? {}).sort()).toEqual(["commerce", "coordinator", "media"]);
  });

  it("and its CPU time stand in the result, of all three processes and their phases", async () => {
    const world = await FederationWorld.create();
    const { commerce } = await world.run();
    const { cpuSeconds } = commerce.outcome?.result ?? {};
    if (cpuSeconds === undefined) throw new Error("no result");
    for (const each of Object.values(cpuSeconds)) {
      // All three are this one process here: each sees the time that the others take as well.
      expect(each.training).toBeGreaterThan(0);
      expect(each.total).toBeGreaterThan((each.training ?? 0) + (each.alignment ?? 0));
    }
    expect(Object.keys(cpuSeconds.commerce)).toContain("report");
    expect(Object.keys(cpuSeconds.media)).not.toContain("report");
  });
});
