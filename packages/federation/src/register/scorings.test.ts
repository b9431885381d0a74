import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { usePermission } from "./predictions.ts";
import { Scorings } from "./scorings.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "moongate-scorings-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const secret = new Uint8Array(32).fill(7);
const version = (name: string): string => Buffer.from(name.padEnd(16)).toString("hex");
const scorings = (perUser: number, users?: number): Scorings =>
  new Scorings(folder, secret, { perUser, users });

describe("what media remembers of scorings", () => {
  it("counts versions of a user, across openings, and not repetitions", async () => {
    for (let time = 0; time < 3; time++) await scorings(2).admit(["id ann"], [version("one")]);
    await scorings(2).admit(["id ann", "id ben"], [version("two"), version("one")]);
    await expect(scorings(2).admit(["id ann"], [version("three")])).rejects.toMatchObject({
      code: "SESSION_REFUSED",
      message: "media does not agree to score more than 2 versions of one user by a model",
    });
    await scorings(2).admit(["id ann"], [version("one")]);
    await scorings(2).admit(["id ben"], [version("three")]);
  });

  it("takes all rows of a scoring or none", async () => {
    const both = [version("x"), version("y")];
    await expect(scorings(1).admit(["id ann", "id ann"], both)).rejects.toThrow("1 versions");
    await scorings(1).admit(["id ann"], [version("z")]);
  });

  it("limits users, and tells neither ids nor the secret on the disk", async () => {
    await scorings(1, 1).admit(["id ann"], [version("one")]);
    await expect(scorings(1, 1).admit(["id ben"], [version("one")])).rejects.toThrow("1 users");
    const [file = ""] = await readdir(folder);
    const text = await readFile(join(folder, file), "utf8");
    expect(text).not.toContain("ann");
    expect(file + text).not.toContain("0707");
  });

  it("counts sessions and rows of prediction by model", async () => {
    const permitted = { sessions: 2, rows: 100 };
    await usePermission(folder, "a", 60, permitted);
    await expect(usePermission(folder, "a", 60, permitted)).rejects.toMatchObject({
      code: "SESSION_REFUSED",
      message: "media does not agree to more than 100 rows of prediction by a model",
    });
    await usePermission(folder, "a", 40, permitted);
    await expect(usePermission(folder, "a", 0, permitted)).rejects.toThrow("2 sessions");
    await usePermission(folder, "b", 100, permitted);
  });
});
