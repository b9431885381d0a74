import { describe, expect, it } from "vitest";
import { rowsByHash } from "./choose-rows.ts";

const users = Array.from({ length: 2000 }, (_, user) => `u${user}`);

describe("rows chosen by the hashes of their ids", () => {
  it("are the same users on both sides, whatever their order", () => {
    const other = users.toReversed();
    const here = new Set(Array.from(rowsByHash(users, 500), (row) => users[row]));
    const there = Array.from(rowsByHash(other, 500), (row) => other[row]);
    expect(here.size).toBe(500);
    expect(there.every((id) => here.has(id))).toBe(true);
  });

  it("keep most matches of tables that overlap in part", () => {
    const [one, two] = [users.slice(0, 1600), users.slice(400)];
    const here = new Set(Array.from(rowsByHash(one, 800), (row) => one[row]));
    const both = Array.from(rowsByHash(two, 800), (row) => two[row]).filter((id) => here.has(id));
    expect(both.length).toBeGreaterThan(500); // of 1,200 in half of each; the first 800 share 400
  });

  it("depend on the id as the rule makes it", () => {
    const padded = users.map((id) => ` ${id.toUpperCase()} `);
    expect(rowsByHash(padded, 500, "lowercase")).toEqual(rowsByHash(users, 500, "lowercase"));
  });

  it("are all of them where there are no more", () => {
    expect([...rowsByHash(["b", "a"], 5)]).toEqual([0, 1]);
  });
});
