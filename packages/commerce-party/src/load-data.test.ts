import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readPrepared } from "@moongate/data";
import { asSaved, localSettingsSchema, openDocument } from "@moongate/federation";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadCommerceData } from "./load-data.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "moongate-commerce-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const config = { id: "user", exclude: [], numbers: "ranks" as const };

async function file(text: string): Promise<string> {
  const path = join(folder, "commerce.csv");
  await writeFile(path, text);
  return path;
}

const CSV = "user,spent,bought,returned\na,1,0,TRUE\nb,2,1,FALSE\nc,3,1,TRUE\nd,9,0,FALSE\n";

describe("commerce's table", () => {
  it("brings labels in the order of rows, and never as features", async () => {
    const data = await loadCommerceData({ ...config, file: await file(CSV) }, [
      "bought",
      "returned",
    ]);
    expect([...(data.labels?.bought ?? [])]).toEqual([0, 1, 1, 0]);
    expect([...(data.labels?.returned ?? [])]).toEqual([1, 0, 1, 0]);
    const fitted = await data.prepare(Uint32Array.of(0, 1, 2, 3));
    expect(fitted.columns.join()).not.toMatch(/bought|returned/);
  });

  it("refuses a label that is not there or not binary", async () => {
    const path = await file(CSV);
    await expect(loadCommerceData({ ...config, file: path }, ["bougt"])).rejects.toMatchObject({
      code: "LABEL_MISSING",
    });
    await expect(loadCommerceData({ ...config, file: path }, ["spent"])).rejects.toMatchObject({
      code: "LABEL_NOT_BINARY",
    });
  });
});

describe("commerce's local model", () => {
  const users = Array.from({ length: 200 }, (_, row) => row);
  const line = (row: number): string =>
    [`u${row}`, row % 7, (row * row) % 11, row % 3 === 0 ? 1 : 0, row % 2].join(",");
  const TABLE = `user,a,b,own,bought\n${users.map(line).join("\n")}\n`;
  const trainRows = Uint32Array.from(users.slice(0, 120));
  const heldOut = Uint32Array.from(users.slice(120, 160));
  const exclude: string[] = [];
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
    const data = await loadCommerceData(choice, ["bought"], learning);
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
      loadCommerceData({ ...choice, objective: ["owm"] }, ["bought"]),
    ).rejects.toMatchObject({
      code: "COLUMN_MISSING",
    });
    const named = { ...choice, objective: ["own"], columns: ["own", "a"] };
    await expect(loadCommerceData(named, ["bought"])).rejects.toMatchObject({ code: "USAGE" });
  });
});
