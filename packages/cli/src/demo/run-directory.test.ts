import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeRunDirectory, requireEmpty, runDirectory } from "./run-directory.ts";

describe("the run directory", () => {
  const now = new Date("2026-01-02T03:04:05.678Z");
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "moongate-run-"));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it("is named after its time and seed, whatever the seed holds", () => {
    const path = runDirectory(undefined, "../a b", now);
    expect(relative(process.cwd(), path)).toBe(join("runs", "2026-01-02T03-04-05-678Z-.._a_b"));
    expect(runDirectory(folder, "7", now)).toBe(folder);
  });

  it("is for its owner alone", async () => {
    const path = join(folder, "a", "b");
    await makeRunDirectory(path, "demo");
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    const notice = join(path, "README.txt");
    expect((await stat(notice)).mode & 0o777).toBe(0o600);
    expect(await readFile(notice, "utf8")).toMatch(/^keys\/ +SECRET /m);
  });

  it("may be there and empty, but not hold anything or be a file", async () => {
    await requireEmpty(join(folder, "absent"));
    await makeRunDirectory(folder, "demo");
    const file = join(folder, "x");
    await writeFile(file, "");
    await expect(makeRunDirectory(folder, "demo")).rejects.toMatchObject({ code: "FILE_EXISTS" });
    await expect(requireEmpty(file)).rejects.toMatchObject({ code: "FILE_EXISTS" });
  });
});
