import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { Engine } from "../engine/engine.ts";
import { usableEngines } from "../engine/usable.fixture.ts";
import { exampleRows } from "../networks/examples.fixture.ts";
import { loadTower, saveTower } from "./file.ts";
import { TOWER_DEFAULTS, trainTower } from "./train.ts";

const { engines } = await usableEngines();
const engine = engines[0] as Engine;
const folder = mkdtempSync(join(tmpdir(), "moongate-tower-"));
const path = join(folder, "media.tower");
const rows = exampleRows("rows", 100, 5, 1);
const plan = { ...TOWER_DEFAULTS, hidden: [6, 5], width: 3, epochs: 1, seed: "1" };
const tower = await trainTower({ engine, plan, train: rows, validation: rows });

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("a saved tower", () => {
  it("comes back as it was, and embeds bit for bit alike", async () => {
    await saveTower(path, tower);
    const again = await loadTower(path, engine);
    expect(again.state).toEqual(tower.state);
    expect(again.embed(rows.features)).toEqual(tower.embed(rows.features));
  });

  it("is for its owner alone, replaces the one before, and leaves nothing beside it", async () => {
    writeFileSync(path, "older", { mode: 0o644 });
    await saveTower(path, tower);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["media.tower"]);
  });

  it("leaves nothing behind where it cannot be written", async () => {
    await expect(saveTower(join(folder, "absent", "x.tower"), tower)).rejects.toThrow("ENOENT");
    expect(readdirSync(folder)).toEqual(["media.tower"]);
  });

  it("is refused if any byte is damaged, or the end is missing", async () => {
    await saveTower(path, tower);
    const bytes = readFileSync(path);
    const damaged = join(folder, "damaged.tower");
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, flip, cut) => {
          const copy = Buffer.from(bytes);
          copy[at] = (copy[at] ?? 0) ^ flip;
          writeFileSync(damaged, cut ? bytes.subarray(0, at) : copy);
          await expect(loadTower(damaged, engine)).rejects.toMatchObject({ code: "TOWER_INVALID" });
        },
      ),
      { numRuns: 60 },
    );
    rmSync(damaged);
  });

  it.each([
    ["another version", (text: string) => text.replace("tower 1", "tower 2"), "another version"],
    ["another kind", (text: string) => text.replace("moongate", "sungate_"), "not a local model"],
    ["no lines at all", () => "nothing", "not a local model"],
    ["other shapes", (text: string) => text.replace('"outputs":6', '"outputs":7'), "describes"],
    ["more numbers", (text: string) => `${text}12345678`, "describes"],
    ["a header that is not JSON", (text: string) => text.replace("{", "["), "describes"],
  ])("is refused with %s, the checksum being right", async (_what, change, cause) => {
    await saveTower(path, tower);
    const whole = readFileSync(path);
    const content = Buffer.from(change(whole.subarray(0, -32).toString("latin1")), "latin1");
    const checksum = createHash("sha256").update(content).digest();
    writeFileSync(path, Buffer.concat([content, checksum]));
    const loading = loadTower(path, engine);
    await expect(loading).rejects.toMatchObject({ code: "TOWER_INVALID" });
    await expect(loading).rejects.toThrow(cause);
  });

  it("is refused if it is not there", async () => {
    await expect(loadTower(join(folder, "no.tower"), engine)).rejects.toMatchObject({
      code: "FILE_MISSING",
    });
  });
});
