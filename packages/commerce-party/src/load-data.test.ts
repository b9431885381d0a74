import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
