import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { copyFirstRows } from "./first-rows.ts";

describe("copyFirstRows", () => {
  let folder = "";
  const text = "id,n,c,b\nu1,1.5,red,TRUE\nu2,,blue,FALSE\nu3,-2,red,TRUE\n";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "moongate-rows-"));
    await writeFile(join(folder, "all.csv"), text);
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it.each([
    [1, text.split("\n").slice(0, 2)],
    [2, text.split("\n").slice(0, 3)],
    [9, text.split("\n").slice(0, 4)],
  ])("keeps the first %d rows of every kind of column", async (rows, lines) => {
    const to = join(folder, "some.csv");
    await copyFirstRows(join(folder, "all.csv"), to, "id", rows);
    expect(await readFile(to, "utf8")).toBe(`${lines.join("\n")}\n`);
  });
});
