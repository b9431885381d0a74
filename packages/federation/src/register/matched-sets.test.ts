import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MatchedSets, type Near } from "./matched-sets.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "moongate-matched-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const users = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => `User ${from + index}`);
const admit = (ids: readonly string[], labels = ["bought"], onNear?: (near: Near) => void) =>
  new MatchedSets(folder, 5).admit(ids, labels, onNear);
const refused = expect.objectContaining({ code: "DIFFERENCE_TOO_SMALL" }) as Error;

describe("the register of matched sets", () => {
  it("lets the same set come again, and sets that differ by enough users", async () => {
    await admit(users(0, 50));
    await admit(
      users(0, 50)
        .reverse()
        .map((id) => ` ${id.toUpperCase()}`),
    );
    await admit(users(0, 45));
    await admit(users(0, 55));
    await admit(users(3, 48));
  });

  it.each([
    ["users added", users(0, 54)],
    ["users left out", users(0, 46)],
    ["users exchanged", [...users(2, 50), ...users(60, 62)]],
  ])("refuses a set with a few %s, and remembers nothing of it", async (_, near) => {
    await admit(users(0, 50));
    const heard: Near[] = [];
    const refusal = admit(near, ["other", "bought"], (each) => heard.push(each));
    await expect(refusal).rejects.toEqual(refused);
    expect(heard).toEqual([{ label: "bought", difference: 4 }]);
    await expect(refusal).rejects.not.toThrow(/bought|differ by 4/);
    await admit(near, ["other"]);
  });

  it("compares with every earlier set of a label, whichever trained it", async () => {
    await admit(users(0, 50), ["a"]);
    await admit(users(0, 60), ["a", "b"]);
    await admit(users(0, 50), ["b"]);
    await expect(admit(users(0, 49), ["b"])).rejects.toEqual(refused);
    await expect(admit(users(1, 60), ["a"])).rejects.toEqual(refused);
  });

  it("lets one of two pass that begin at once and are near to each other", async () => {
    const ended = await Promise.allSettled([admit(users(0, 50)), admit(users(0, 51))]);
    expect(ended.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("is its owner's alone, and has no ids", async () => {
    await admit(users(0, 50));
    const file = join(folder, "matched-sets.json");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readFile(file, "utf8")).toLowerCase()).not.toContain("user 1");
  });
});
