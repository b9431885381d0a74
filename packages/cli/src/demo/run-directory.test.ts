import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeRunDirectory } from "./run-directory.ts";

describe("makeRunDirectory", () => {
  const now = new Date("2026-01-02T03:04:05.678Z");
  const start = process.cwd();
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "moongate-run-"));
  });
  afterEach(async () => {
    process.chdir(start);
    await rm(folder, { recursive: true });
  });

  it("makes a folder for its owner alone", async () => {
    const made = await makeRunDirectory(join(folder, "a", "b"), "7", now);
    expect(made).toBe(join(folder, "a", "b"));
    expect((await stat(made)).mode & 0o777).toBe(0o700);
  });

  it("refuses a folder that holds something", async () => {
    await writeFile(join(folder, "x"), "");
    await expect(makeRunDirectory(folder, "7", now)).rejects.toMatchObject({ code: "FILE_EXISTS" });
  });

  it("names a run after its time and seed, whatever the seed holds", () => {
    // vitest workers cannot change folder: the name alone is looked at
    return makeRunDirectory(join(folder, "named"), "../a b", now).then((made) => {
      expect(made.startsWith(folder)).toBe(true);
    });
  });
});
