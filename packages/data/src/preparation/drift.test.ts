import { describe, expect, it } from "vitest";
import type { Column } from "../table/table.ts";
import { booleans, categories, numbers, rowNumbers, tableOf } from "./columns.fixture.ts";
import { driftNotes, driftOf } from "./drift.ts";
import { fitPreparation } from "./fit-preparation.ts";

const trained = tableOf(
  numbers("age", [20, 30, 40, 50]),
  categories("region", ["north", "south", "north", "south"]),
  booleans("member", [1, 0, 1, 0]),
);

async function notesOf(...columns: readonly Column[]) {
  const preparation = await fitPreparation(trained, ["age", "region", "member"], rowNumbers(4));
  return driftNotes(driftOf(preparation.toJSON().features, tableOf(...columns)));
}

describe("new rows", () => {
  it("like those of training have nothing to be told", async () => {
    expect(await notesOf(...trained.columns)).toEqual([]);
  });

  it("are counted by column: unseen levels, values outside the range, missing ones", async () => {
    const notes = await notesOf(
      numbers("age", [20, 99, NaN, 19.9]),
      categories("region", ["west", "north", "west", "west"]),
      booleans("member", [1, -1, -1, 0]),
    );
    expect(notes.map(({ code, column, count, weight }) => [code, column, count, weight])).toEqual([
      ["VALUES_OUT_OF_RANGE", "age", 2, "look"],
      ["VALUES_MISSING", "age", 1, "look"],
      ["LEVELS_UNSEEN", "region", 3, "look"],
      ["VALUES_MISSING", "member", 2, "look"],
    ]);
    expect(JSON.stringify(notes)).not.toContain("west");
  });
});
