import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readPrepared } from "@moongate/data";
import { asSaved, localSettingsSchema, openDocument } from "@moongate/federation";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadPartyData } from "./load-party-data.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "moongate-party-data-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const config = { id: "user", exclude: [], numbers: "ranks" as const };

async function file(text: string): Promise<string> {
  const path = join(folder, "table.csv");
  await writeFile(path, text);
  return path;
}

describe("a table without labels (media's)", () => {
  const CSV = "user,minutes,device,noise\na,1,tv,5\nb,2,phone,5\nc,3,tv,5\nd,9,phone,5\n";

  it("brings ids, and features fitted on training rows", async () => {
    const data = await loadPartyData({ ...config, file: await file(CSV) });
    expect(data.ids).toEqual(["a", "b", "c", "d"]);
    expect(data.labels).toBeUndefined();
    const fitted = await data.prepare(Uint32Array.of(0, 1, 2));
    const features = fitted.encode(Uint32Array.of(2, 0));
    expect([features.rows, features.values.length]).toEqual([2, 2 * features.cols]);
    const [last = 0, first = 0] = [features.values[0], features.values[features.cols]];
    expect(last).toBeGreaterThan(first); // minutes: c before a
  });

  it("leaves out excluded columns and rows of the largest hashes", async () => {
    const path = await file(CSV);
    const all = await loadPartyData({ ...config, file: path });
    const less = await loadPartyData({ ...config, file: path, exclude: ["device"], rows: 3 });
    expect(less.ids).toEqual(["b", "c", "d"]); // by the hashes of all four
    const rows = Uint32Array.of(0, 1, 2);
    const [some, every] = [await less.prepare(rows), await all.prepare(rows)];
    expect(some.columns.length).toBeLessThan(every.columns.length);
  });

  it("refuses a named column that is constant, and an id column that is not there", async () => {
    const path = await file(CSV);
    const named = { ...config, file: path, columns: ["noise", "minutes"] };
    await expect(loadPartyData(named)).rejects.toMatchObject({ code: "COLUMN_CONSTANT" });
    await expect(loadPartyData({ ...config, file: path, id: "usr" })).rejects.toMatchObject({
      code: "COLUMN_MISSING",
    });
  });
});

describe("a table with labels (commerce's)", () => {
  const CSV = "user,spent,bought,returned\na,1,0,TRUE\nb,2,1,FALSE\nc,3,1,TRUE\nd,9,0,FALSE\n";

  it("brings labels in the order of rows, and never as features", async () => {
    const labels = ["bought", "returned"];
    const data = await loadPartyData({ ...config, file: await file(CSV) }, { labels });
    expect([...(data.labels?.bought ?? [])]).toEqual([0, 1, 1, 0]);
    expect([...(data.labels?.returned ?? [])]).toEqual([1, 0, 1, 0]);
    const fitted = await data.prepare(Uint32Array.of(0, 1, 2, 3));
    expect(fitted.columns.join()).not.toMatch(/bought|returned/);
  });

  it("refuses a label that is not there or not binary", async () => {
    const table = { ...config, file: await file(CSV) };
    await expect(loadPartyData(table, { labels: ["bougt"] })).rejects.toMatchObject({
      code: "LABEL_MISSING",
    });
    await expect(loadPartyData(table, { labels: ["spent"] })).rejects.toMatchObject({
      code: "LABEL_NOT_BINARY",
    });
  });
});

describe("a local model's objective", () => {
  it("may not be one of the joint labels, and both keys are named", async () => {
    const file = join(folder, "absent.csv");
    const table = { ...config, file, local: "tower" as const, objective: ["kept", "bought"] };
    await expect(loadPartyData(table, { labels: ["bought", "kept?"] })).rejects.toMatchObject({
      code: "CONFIG_INVALID",
      message: 'the objective "bought" of the local model is also one of the joint labels',
      cure: expect.stringMatching(/"data.objective".*"labels"/) as string,
    });
  });
});

describe.each([
  ["media", []],
  ["commerce", ["bought"]],
] as const)("a local model of %s", (_, labels) => {
  const users = Array.from({ length: 200 }, (_, row) => row);
  const line = (row: number): string =>
    [`u${row}`, row % 7, (row * row) % 11, row % 3 === 0 ? 1 : 0, row % 2].join(",");
  const TABLE = `user,a,b,own,bought\n${users.map(line).join("\n")}\n`;
  const trainRows = Uint32Array.from(users.slice(0, 120));
  const heldOut = Uint32Array.from(users.slice(120, 160));
  const exclude = ["bought"].filter((name) => !(labels as readonly string[]).includes(name));
  const settings = localSettingsSchema.parse({ width: 3, epochs: 2 });
  const options = { labels, engine: "cpu", settings } as const;

  it.each([
    ["tower", ["own"], "both"],
    ["both", [], "reconstruction"],
  ] as const)("as %s comes back bit for bit from its document", async (local, objective, what) => {
    const path = await file(TABLE);
    const choice = { ...config, file: path, exclude, local, objective: [...objective] };
    const data = await loadPartyData(choice, options);
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
    await expect(
      loadPartyData({ ...choice, objective: ["owm"] }, { labels }),
    ).rejects.toMatchObject({ code: "COLUMN_MISSING" });
    const named = { ...choice, objective: ["own"], columns: ["own", "a"] };
    await expect(loadPartyData(named, { labels })).rejects.toMatchObject({ code: "USAGE" });
  });
});

describe("the width a party announces", () => {
  const users = Array.from({ length: 60 }, (_, row) => row);
  const line = (row: number): string =>
    [
      `u${row}`,
      ["tv", "web", "phone"][(row * 5) % 3],
      row % 4 === 1 ? "" : (row * row) % 17,
      row % 3 === 1,
      row % 5 === 0 ? row : 0,
    ].join(",");
  const TABLE = `user,device,minutes,premium,seldom\n${users.map(line).join("\n")}\n`;

  it.each(["raw", "both"] as const)("is the same whatever rows are matched, %s", async (local) => {
    const path = await file(TABLE);
    const settings = localSettingsSchema.parse({ width: 2, epochs: 1, hidden: [4] });
    const data = await loadPartyData(
      { ...config, numbers: "auto", file: path, local },
      { engine: "cpu", settings },
    );
    const widths = new Set<number>();
    const pairs = [0, 1, 2, 3, 4].flatMap((a) => [5, 6, 7].map((b) => Uint32Array.of(a, b)));
    for (const rows of pairs.slice(0, local === "raw" ? pairs.length : 3)) {
      widths.add((await data.prepare(rows)).columns.length);
    }
    expect(widths.size).toBe(1);
  });
});
