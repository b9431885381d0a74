import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readPrepared } from "@moongate/data";
import { asSaved, localSettingsSchema, openDocument } from "@moongate/federation";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadMediaData } from "./load-data.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "moongate-media-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const config = { id: "user", exclude: [], numbers: "ranks" as const };

async function file(text: string): Promise<string> {
  const path = join(folder, "media.csv");
  await writeFile(path, text);
  return path;
}

const CSV = "user,minutes,device,noise\na,1,tv,5\nb,2,phone,5\nc,3,tv,5\nd,9,phone,5\n";

describe("media's table", () => {
  it("brings ids, and features fitted on training rows", async () => {
    const data = await loadMediaData({ ...config, file: await file(CSV) });
    expect(data.ids).toEqual(["a", "b", "c", "d"]);
    expect(data.labels).toBeUndefined();
    const fitted = await data.prepare(Uint32Array.of(0, 1, 2));
    const features = fitted.encode(Uint32Array.of(2, 0));
    expect([features.rows, features.values.length]).toEqual([2, 2 * features.cols]);
    const [last = 0, first = 0] = [features.values[0], features.values[features.cols]];
    expect(last).toBeGreaterThan(first); // minutes: c before a
  });

  it("leaves out excluded columns and rows beyond the limit", async () => {
    const path = await file(CSV);
    const all = await loadMediaData({ ...config, file: path });
    const less = await loadMediaData({ ...config, file: path, exclude: ["device"], rows: 3 });
    expect(less.ids).toEqual(["a", "b", "c"]);
    const rows = Uint32Array.of(0, 1, 2);
    const [some, every] = [await less.prepare(rows), await all.prepare(rows)];
    expect(some.columns.length).toBeLessThan(every.columns.length);
  });

  it("refuses a named column that is constant, and an id column that is not there", async () => {
    const path = await file(CSV);
    const named = await loadMediaData({ ...config, file: path, columns: ["noise", "minutes"] });
    await expect(named.prepare(Uint32Array.of(0, 1, 2))).rejects.toMatchObject({
      code: "COLUMN_CONSTANT",
    });
    await expect(loadMediaData({ ...config, file: path, id: "usr" })).rejects.toMatchObject({
      code: "COLUMN_MISSING",
    });
  });
});

describe("media's local model", () => {
  const users = Array.from({ length: 200 }, (_, row) => row);
  const line = (row: number): string =>
    [`u${row}`, row % 7, (row * row) % 11, row % 3 === 0 ? 1 : 0, row % 2].join(",");
  const TABLE = `user,a,b,own,bought\n${users.map(line).join("\n")}\n`;
  const trainRows = Uint32Array.from(users.slice(0, 120));
  const heldOut = Uint32Array.from(users.slice(120, 160));
  const exclude = ["bought"];
  const learning = {
    engine: "cpu",
    settings: localSettingsSchema.parse({ width: 3, epochs: 2 }),
  } as const;

  it.each([
    ["tower", ["own"], "both"],
    ["both", [], "reconstruction"],
  ] as const)("as %s comes back bit for bit from its document", async (local, objective, what) => {
    const path = await file(TABLE);
    const choice = { ...config, file: path, exclude, local, objective: [...objective] };
    const data = await loadMediaData(choice, learning);
    const fitted = await data.prepare(trainRows, { heldOut, seed: "1" });
    expect(fitted.local).toMatchObject({ input: local, objective: what, rows: 160, columns: 3 });
    const below = fitted.columns.filter((name) => !name.startsWith("local["));
    expect(below.length > 0).toBe(local === "both");
    expect(below.some((name) => name.startsWith("own"))).toBe(objective.length === 0);

    const document: unknown = JSON.parse(JSON.stringify(fitted.document));
    expect(data.reopen?.(document).encode(heldOut)).toEqual(fitted.encode(heldOut));
    const saved = openDocument(document);
    const again = asSaved(await readPrepared(saved.raw, { file: path, id: "user" }), saved);
    expect(again.columns).toEqual(fitted.columns);
    expect(again.encode(heldOut).values).toEqual(fitted.encode(heldOut).values);
  });

  it("is refused towards a column that is not there, or named a feature", async () => {
    const path = await file(TABLE);
    const choice = { ...config, file: path, exclude, local: "tower" as const };
    await expect(loadMediaData({ ...choice, objective: ["owm"] })).rejects.toMatchObject({
      code: "COLUMN_MISSING",
    });
    const named = { ...choice, objective: ["own"], columns: ["own", "a"] };
    await expect(loadMediaData(named)).rejects.toMatchObject({ code: "USAGE" });
  });
});
