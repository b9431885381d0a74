import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { registersFolder } from "./folder.ts";
import { Register, type RegisterKind } from "./register.ts";

const counts: RegisterKind<Readonly<Record<string, number>>> = {
  kind: "counts",
  schema: z.record(z.string(), z.number()),
  empty: {},
};
let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "moongate-register-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const path = (): string => join(folder, "registers", "counts.json");
const register = (): Register<Readonly<Record<string, number>>> => new Register(path(), counts);

/** Counts one up, and says what it had counted to before. */
const count = (name: string): Promise<number> =>
  register().update((entries) => {
    const before = entries[name] ?? 0;
    return { entries: { ...entries, [name]: before + 1 }, answer: before };
  });

describe("a register", () => {
  it("remembers across openings, for its owner alone, and leaves nothing beside itself", async () => {
    expect(await register().read()).toEqual({});
    expect(await count("a")).toBe(0);
    expect(await count("a")).toBe(1);
    expect(await register().read()).toEqual({ a: 2 });
    expect(await readdir(join(folder, "registers"))).toEqual(["counts.json"]);
    expect((await stat(path())).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, "registers"))).mode & 0o777).toBe(0o700);
  });

  it("loses no change of many at once", async () => {
    const before = await Promise.all(Array.from({ length: 25 }, () => count("a")));
    expect(before.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, at) => at));
  });

  it("stays as it was when a change is refused", async () => {
    await count("a");
    const refused = register().update(() => {
      throw new Error("no");
    });
    await expect(refused).rejects.toThrow("no");
    expect(await register().read()).toEqual({ a: 1 });
    expect(await count("a")).toBe(1);
  });

  it.each([
    ["cut short", (text: string) => text.slice(0, -5)],
    ["empty", () => ""],
    ["of another kind", (text: string) => text.replace("counts", "others")],
    ["of a later version", (text: string) => text.replace('"version":1', '"version":2')],
    ["of other entries", (text: string) => text.replace('"a":1', '"a":"1"')],
  ])("that is %s is refused, by name, and not begun anew", async (_, damage) => {
    await count("a");
    const damaged = damage(await readFile(path(), "utf8"));
    await writeFile(path(), damaged);
    for (const attempt of [register().read(), count("a")]) {
      await expect(attempt).rejects.toMatchObject({
        code: "REGISTER_INVALID",
        message: expect.stringContaining(path()) as string,
      });
    }
    expect(await readFile(path(), "utf8")).toBe(damaged);
  });

  it("breaks the lock of a process that is gone, and no other", async () => {
    const gone = await deadProcess();
    const lock = (holder: object): Promise<void> =>
      writeFile(`${path()}.lock`, JSON.stringify({ nonce: "n", ...holder }));
    await count("a");
    await lock({ host: hostname(), pid: gone });
    expect(await Promise.all([count("a"), count("a"), count("a")])).toHaveLength(3);

    await lock({ host: "another", pid: gone });
    let done = false;
    const waiting = count("a").then((before) => {
      done = true;
      return before;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(done).toBe(false);
    await rm(`${path()}.lock`);
    expect(await waiting).toBe(4);
  });
});

/** The id of a process that has ended. */
async function deadProcess(): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, ["-p", "process.pid"]);
  return Number(stdout);
}

describe("the folder of registers", () => {
  const of = (directory: string, registers?: string): string =>
    registersFolder({ role: "media", directory, registers });

  it("is beside the run directories, whatever part of them the time is", () => {
    expect(of("/runs/one")).toBe(resolve("/runs/media-registers"));
    expect(of("/runs/{time}")).toBe(resolve("/runs/media-registers"));
    expect(of("/runs/{time}/media")).toBe(resolve("/runs/media-registers"));
    expect(of("/runs/day-{time}/a/b")).toBe(resolve("/runs/media-registers"));
    expect(of("/runs/one", "/kept")).toBe(resolve("/kept"));
  });
});
