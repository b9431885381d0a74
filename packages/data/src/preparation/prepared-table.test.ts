import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readTable } from "../reading/read-table.ts";
import { featureColumns } from "../table/roles.ts";
import { fitPreparation } from "./fit-preparation.ts";
import type { Preparation } from "./preparation.ts";
import { readPrepared } from "./prepared-table.ts";

const LINES = [
  "id,views,device,member,label",
  "a,1,phone,TRUE,0",
  "b,2.5,desk,FALSE,1",
  "c,,phone,TRUE,0",
  "d,9,tablet,,1",
];

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "moongate-prepared-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, lines: readonly string[]): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, `${lines.join("\n")}\n`);
  return file;
}

async function fitted(): Promise<{ preparation: Preparation; values: Float64Array }> {
  const table = await readTable(await write("training.csv", LINES), { id: "id" });
  const columns = featureColumns(table, { labels: ["label"] });
  const rows = Uint32Array.of(0, 1, 2, 3);
  const preparation = await fitPreparation(table, columns, rows);
  return { preparation, values: preparation.encode(table, rows).values };
}

/** A preparation as it comes back from a file. */
const saved = (preparation: Preparation): unknown => JSON.parse(JSON.stringify(preparation));

describe("a table prepared as its training was", () => {
  it("has the same features bit for bit, in other order, without label, with new columns", async () => {
    const { preparation, values } = await fitted();
    const file = await write("new.csv", [
      "extra,member,id,device,views",
      "x,,d,tablet,9",
      "y,TRUE,c,phone,",
      "z,FALSE,b,desk,2.5",
      "z,TRUE,a,phone,1",
    ]);
    const table = await readPrepared(saved(preparation), { file, id: "id" });
    expect(table.ids).toEqual(["d", "c", "b", "a"]);
    expect(table.columns).toEqual(preparation.names);
    expect(table.encode(Uint32Array.of(3, 2, 1, 0)).values).toEqual(values);
  });

  it("takes a category never seen for another one, and a lone number for what its column was", async () => {
    const { preparation } = await fitted();
    const file = await write("new.csv", ["id,views,device,member", "e,3,7,TRUE"]);
    const table = await readPrepared(saved(preparation), { file, id: "id" });
    const { values } = table.encode(Uint32Array.of(0));
    expect([...values].every(Number.isFinite)).toBe(true);
    expect(table.columns.filter((name) => name.startsWith("device="))).not.toContain("device=7");
  });

  it("takes only the rows that are chosen", async () => {
    const { preparation } = await fitted();
    const file = await write("new.csv", LINES);
    const table = await readPrepared(saved(preparation), {
      file,
      id: "id",
      choose: () => Uint32Array.of(1, 3),
    });
    expect(table.ids).toEqual(["b", "d"]);
  });

  it.each([
    [["id,view,device,member", "a,1,phone,TRUE"], "COLUMN_MISSING", 'Did you mean "view"?'],
    [["id,views,device", "a,1,phone"], "COLUMN_MISSING", ""],
    [["user,views,device,member", "a,1,phone,TRUE"], "COLUMN_MISSING", ""],
    [["id,views,device,member", "a,many,phone,TRUE"], "COLUMN_KIND_CHANGED", ""],
  ])("refuses %j", async (lines, code, cure) => {
    const { preparation } = await fitted();
    const file = await write("new.csv", lines);
    await expect(readPrepared(saved(preparation), { file, id: "id" })).rejects.toMatchObject({
      code,
      cure: expect.stringContaining(cure) as string,
    });
  });

  it("refuses a preparation that is none", async () => {
    const file = await write("new.csv", LINES);
    await expect(readPrepared({ features: [] }, { file, id: "id" })).rejects.toMatchObject({
      code: "PREPARATION_INVALID",
    });
  });
});
