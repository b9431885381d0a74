import { describe, expect, it } from "vitest";
import { refusal } from "../refusal.fixture.ts";
import { binaryLabel } from "./binary-label.ts";
import { featureColumns, idsOf } from "./roles.ts";
import { columnOf, type Table } from "./table.ts";

const table: Table = {
  path: "shop.csv",
  id: "user",
  rows: 3,
  columns: [
    { name: "user", kind: "text", values: ["a", "b", "c"] },
    { name: "Revenue", kind: "number", values: Float64Array.of(0, 1, 1) },
    { name: "returned", kind: "boolean", values: Int8Array.of(1, 0, 1) },
    { name: "stars", kind: "number", values: Float64Array.of(0, 1, 5) },
    { name: "gaps", kind: "number", values: Float64Array.of(0, NaN, 1) },
    { name: "answer", kind: "category", codes: Int32Array.of(0, 1, 0), levels: ["yes", "no"] },
  ],
};

describe("idsOf", () => {
  it("gives the ids of the declared column, and refuses a table without one", async () => {
    expect(idsOf(table)).toEqual(["a", "b", "c"]);
    const anonymous: Table = { rows: table.rows, columns: table.columns };
    expect((await refusal(() => idsOf(anonymous))).code).toBe("COLUMN_MISSING");
  });
});

describe("binaryLabel", () => {
  it("reads 0/1 and booleans", () => {
    expect(binaryLabel(table, "Revenue")).toEqual(Uint8Array.of(0, 1, 1));
    expect(binaryLabel(table, "returned")).toEqual(Uint8Array.of(1, 0, 1));
    expect(binaryLabel(table, "answer")).toEqual(Uint8Array.of(1, 0, 1));
  });

  it.each([
    ["stars", "a value beside 0 and 1 in row 3"],
    ["gaps", "no value in row 2"],
  ])("refuses %s", async (name, message) => {
    const error = await refusal(() => binaryLabel(table, name));
    expect(error.code).toBe("LABEL_NOT_BINARY");
    expect(error.message).toContain(message);
  });

  it("suggests the nearest name for an unknown label", async () => {
    const error = await refusal(() => binaryLabel(table, "revenu"));
    expect(error.code).toBe("LABEL_MISSING");
    expect(error.cure).toBe('Did you mean "Revenue"?');
  });
});

describe("featureColumns", () => {
  it("is every column but id, labels and excluded ones", () => {
    const choice = { labels: ["Revenue"], exclude: ["returned"] };
    expect(featureColumns(table, choice)).toEqual(["stars", "gaps", "answer"]);
    expect(featureColumns(table, { labels: ["Revenue"], only: ["answer"] })).toEqual(["answer"]);
  });

  it("refuses a label as feature, an unknown column and an empty choice", async () => {
    const label = await refusal(() =>
      featureColumns(table, { labels: ["Revenue"], only: ["Revenue"] }),
    );
    expect(label.code).toBe("USAGE");
    const unknown = await refusal(() => featureColumns(table, { only: ["star"] }));
    expect(unknown.cure).toBe('Did you mean "stars"?');
    const slip = await refusal(() => featureColumns(table, { exclude: ["retruned"] }));
    expect(slip.cure).toBe('Did you mean "returned"?');
    const exclude = table.columns.map(({ name }) => name);
    expect((await refusal(() => featureColumns(table, { exclude }))).code).toBe("COLUMN_NONE_LEFT");
  });
});

describe("columnOf", () => {
  it("lists the columns when nothing is near", async () => {
    const error = await refusal(() => columnOf(table, "temperature"));
    expect(error.code).toBe("COLUMN_MISSING");
    expect(error.message).toBe('shop.csv has no column "temperature"');
    expect(error.cure).toContain("user, Revenue, returned");
  });
});
