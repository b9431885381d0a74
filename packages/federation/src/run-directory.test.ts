import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openRunDirectory } from "./run-directory.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "moongate-run-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("a run directory", () => {
  it("is for its owner alone, and so are its files", async () => {
    const run = await openRunDirectory(join(folder, "a", "b"));
    await run.writeJson("x.json", { one: 1 });
    expect((await stat(run.path)).mode & 0o777).toBe(0o700);
    expect((await stat(run.file("x.json"))).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(run.file("x.json"), "utf8"))).toEqual({ one: 1 });
    expect(await readdir(run.path)).toEqual(["x.json"]);
  });

  it("gets the time where the name asks for it", async () => {
    const run = await openRunDirectory(
      join(folder, "run-{time}"),
      new Date("2026-02-03T04:05:06.789Z"),
    );
    expect(run.path).toBe(join(folder, "run-20260203T040506Z"));
  });

  it("may be there already if it is empty, and is refused untouched if it is not", async () => {
    const path = join(folder, "there");
    await mkdir(path);
    await openRunDirectory(path);
    await writeFile(join(path, "other"), "");
    await chmod(path, 0o755);
    await expect(openRunDirectory(path)).rejects.toMatchObject({ code: "FILE_EXISTS" });
    expect((await stat(path)).mode & 0o777).toBe(0o755);
  });
});
