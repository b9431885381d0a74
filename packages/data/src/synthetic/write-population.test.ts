import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readTable } from "../reading/read-table.ts";
import { temporaryFolder } from "../folder.fixture.ts";
import { featureColumns, idsOf } from "../table/roles.ts";
import { CONVERSIONS } from "./conversions.ts";
import { generatePopulation, OWN_LABELS } from "./population.ts";
import { SYNTHETIC_ID } from "./users.ts";
import { readTruth } from "./truth.ts";
import { writePopulation } from "./write-population.ts";

const folder = await temporaryFolder();
const OPTIONS = { seed: "files", users: 300 };

describe("writePopulation", () => {
  it("writes tables that read back as generated, and nothing else", async () => {
    const directory = path.join(folder.path, "deep", "new");
    const files = await writePopulation(directory, OPTIONS);
    const { media, commerce, truth } = generatePopulation(OPTIONS);
    expect(files.written).toBe(true);
    expect((await readdir(directory)).sort()).toEqual([
      "commerce.csv",
      "media.csv",
      "population.json",
      "truth.csv",
    ]);
    const readMedia = await readTable(files.media, { id: SYNTHETIC_ID });
    const readCommerce = await readTable(files.commerce, { id: SYNTHETIC_ID });
    expect(idsOf(readMedia)).toEqual(idsOf(media));
    expect(readMedia.columns.map(({ name, kind }) => [name, kind])).toEqual(
      media.columns.map(({ name, kind }) => [name, kind]),
    );
    const numbers = (columns: typeof commerce.columns) =>
      columns.filter((column) => column.kind === "number" || column.kind === "boolean");
    expect(numbers(readCommerce.columns)).toEqual(numbers(commerce.columns));
    expect(await readTruth(files.truth)).toEqual(truth);
  });

  it("keeps the oracle's knowledge out of both sides' features", async () => {
    const { media, commerce } = await writePopulation(path.join(folder.path, "apart"), OPTIONS);
    for (const [file, exclude] of [
      [media, [OWN_LABELS.media]],
      [commerce, [OWN_LABELS.commerce, ...CONVERSIONS]],
    ] as const) {
      const names = featureColumns(await readTable(file, { id: SYNTHETIC_ID }), { exclude });
      expect(names.filter((name) => /oracle|order$|visit$|ad_click$|repeat/.test(name))).toEqual(
        [],
      );
    }
  });

  it("does nothing the second time", async () => {
    const directory = path.join(folder.path, "twice");
    const first = await writePopulation(directory, OPTIONS);
    const before = await stat(first.media);
    const second = await writePopulation(directory, OPTIONS);
    expect(second).toEqual({ ...first, written: false });
    expect((await stat(first.media)).mtimeMs).toBe(before.mtimeMs);
  });

  it("writes again for other options, a damaged file or a damaged manifest", async () => {
    const directory = path.join(folder.path, "again");
    const { media } = await writePopulation(directory, OPTIONS);
    const whole = await readFile(media, "utf8");
    await writeFile(media, "cut off");
    expect((await writePopulation(directory, OPTIONS)).written).toBe(true);
    expect(await readFile(media, "utf8")).toBe(whole);
    await writeFile(path.join(directory, "population.json"), "{");
    expect((await writePopulation(directory, OPTIONS)).written).toBe(true);
    expect((await writePopulation(directory, { ...OPTIONS, users: 301 })).written).toBe(true);
    expect((await writePopulation(directory, { ...OPTIONS, users: 301 })).written).toBe(false);
  });
});
