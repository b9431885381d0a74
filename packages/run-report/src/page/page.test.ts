import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoFolder, RESULT } from "../run.fixture.ts";
import { writeRunReport } from "../write.ts";

let folder = "";
beforeAll(async () => {
  folder = await demoFolder(await mkdtemp(join(tmpdir(), "moongate-page-")));
});
afterAll(() => rm(folder, { recursive: true }));

const page = async (of: string): Promise<string> => readFile(await writeRunReport(of), "utf8");

describe("the page of a run", () => {
  it("has every section in both languages, and is its owner's alone", async () => {
    const file = await writeRunReport(folder, "zh");
    const text = await readFile(file, "utf8");
    const sections = [
      "verdict",
      "models",
      "epochs",
      "session",
      "received",
      "ledger",
      "columns",
      "repeat",
    ];
    for (const section of sections) {
      for (const language of ["en", "zh"])
        expect(text.includes(`<section id="${section}-${language}">`)).toBe(true);
    }
    expect(text.includes('id="zh" checked')).toBe(true);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("needs no script and no network, and escapes what users named", async () => {
    const text = await page(folder);
    expect(/<script|<link rel="stylesheet"|@import|url\(|src=/.exec(text)?.[0]).toBeUndefined();
    expect(text.includes("default-src 'none'")).toBe(true);
    expect(text.includes("<code><b>")).toBe(false);
    expect(/undefined|NaN|\[object/.exec(text)?.[0]).toBeUndefined();
    expect(/<span lang="en">/.exec(text)?.[0]).toBeUndefined(); // every sentence of the processes has its Chinese
  });

  it("of media says no label's figure", async () => {
    const text = await page(join(folder, "media"));
    expect(text.includes("Media learns no label")).toBe(true);
    expect(/AUC|0\.8000|store_order/.exec(text)?.[0]).toBeUndefined();
    expect(text.includes("commerce alone")).toBe(false);
  });

  it("of commerce has its scores, and no oracle's", async () => {
    const text = await page(join(folder, "commerce"));
    expect(text.includes("it is for commerce alone")).toBe(true);
    expect(text.includes("ROC")).toBe(true);
    expect(text.includes("0.8100")).toBe(false);
  });

  it("draws nothing where a class has few test rows", async () => {
    const few = await mkdtemp(join(tmpdir(), "moongate-few-"));
    await demoFolder(few, RESULT);
    const { writeFile } = await import("node:fs/promises");
    const lines = Array.from(
      { length: 50 },
      (_, row) => `u,test,${Number(row < 3)},0.5,${row},0,0.5,1`,
    );
    await writeFile(join(few, "commerce", "scores.csv"), `${lines.join("\n")}\n`);
    const text = await page(few);
    expect(text).toContain(
      "store_order has 3 converted and 47 other test users: too few for curves.",
    );
    await rm(few, { recursive: true });
  });
});
