import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal } from "../refusal.fixture.ts";
import type { Table } from "../table/table.ts";
import {
  booleans,
  categories,
  columnValues,
  numbers,
  rowNumbers,
  tableOf,
} from "./columns.fixture.ts";
import type { NumberEncoding } from "./number-plan.ts";
import { fitPreparation, MOST_FITTED_ROWS } from "./fit-preparation.ts";
import { parsePreparation } from "./preparation.ts";

describe("fitPreparation", async () => {
  const table = tableOf(
    numbers("age", [10, 20, NaN, 40, 99, 30]),
    booleans("vip", [1, 0, -1, 1, 0, -1]),
    categories("city", ["Delft", "Ghent", "Delft", null, "Paris", "Ghent"]),
  );
  const trainRows = Uint32Array.of(0, 1, 2, 3);
  const preparation = await fitPreparation(table, ["age", "vip", "city"], trainRows, {
    numbers: "ranks",
  });

  it("encodes numbers, booleans and categories, row-major", () => {
    const encoded = preparation.encode(table, rowNumbers(6));
    expect(encoded.names).toEqual([
      "age",
      "age:missing",
      "vip",
      "vip:missing",
      "city=Delft",
      "city=Ghent",
      "city=Paris",
      "city:missing",
    ]);
    expect([encoded.rows, encoded.cols]).toEqual([6, 8]);
    expect([...encoded.values]).toEqual(
      [
        ...[-2 / 3, 0, 1, 0, 1, 0, 0, 0],
        ...[0, 0, -1, 0, 0, 1, 0, 0],
        ...[0, 1, 0, 1, 1, 0, 0, 0],
        ...[2 / 3, 0, 1, 0, 0, 0, 0, 1],
        ...[2 / 3, 0, -1, 0, 0, 0, 0, 0], // Paris was not in training: its column is zero
        ...[1 / 3, 0, 0, 1, 0, 1, 0, 0],
      ].map((value) => expect.closeTo(value, 12) as number),
    );
  });

  it("takes any rows in any order", () => {
    const encoded = preparation.encode(table, Uint32Array.of(3, 0, 3));
    expect(columnValues(encoded, "vip")).toEqual([1, 1, 1]);
    expect(columnValues(encoded, "city=Delft")).toEqual([0, 1, 0]);
  });

  it("says what became of each column", async () => {
    const constant = tableOf(
      numbers("age", [1, 2]),
      numbers("same", [3, 3]),
      numbers("void", [NaN, NaN]),
      numbers("known", [NaN, 5]),
    );
    const fitted = await fitPreparation(constant, ["age", "same", "void", "known"], rowNumbers(2), {
      numbers: "ranks",
    });
    expect(fitted.names).toEqual(["age", "known:missing"]);
    expect(fitted.describe()).toEqual([
      { name: "age", columns: 1, how: "ranks" },
      {
        name: "known",
        columns: 1,
        how: "only whether it is missing: its values are constant",
      },
      { name: "same", columns: 0, how: "dropped: constant" },
      { name: "void", columns: 0, how: "dropped: constant" },
    ]);
  });

  it("takes statistics from training rows only", async () => {
    const other = tableOf(
      numbers("age", [10, 20, NaN, 40, -1e9, NaN]),
      booleans("vip", [1, 0, -1, 1, -1, 1]),
      categories("city", ["Delft", "Ghent", "Delft", null, "Paris", null]),
    );
    const refitted = await fitPreparation(other, ["age", "vip", "city"], trainRows, {
      numbers: "ranks",
    });
    expect(refitted.toJSON()).toEqual(preparation.toJSON());
  });

  it("looks at no more training rows than it says", async () => {
    const values = Array.from({ length: MOST_FITTED_ROWS + 1 }, (_, row) => row % 4);
    const same = tableOf(numbers("x", values));
    const other = tableOf(numbers("x", [...values.slice(0, -1), 1e9]));
    const fit = async (one: Table) =>
      (await fitPreparation(one, ["x"], rowNumbers(one.rows))).toJSON();
    expect(await fit(other)).toEqual(await fit(same));
  });

  it("merges rare levels and those beyond thirty; unseen ones join them", async () => {
    const values = Array.from({ length: 1000 }, (_, row) =>
      row < 4 ? "rare" : row < 100 ? "web" : "ios",
    );
    const rare = tableOf(categories("os", [...values, "new"]));
    const fitted = await fitPreparation(rare, ["os"], rowNumbers(1000));
    expect(fitted.names).toEqual(["os=ios", "os=web", "os=(other)"]);
    expect([...fitted.encode(rare, Uint32Array.of(0, 1000, 999)).values]).toEqual([
      ...[0, 0, 1],
      ...[0, 0, 1],
      ...[1, 0, 0],
    ]);
    const many = tableOf(
      categories(
        "c",
        Array.from({ length: 80 }, (_, row) => `l${row % 40}`),
      ),
    );
    expect((await fitPreparation(many, ["c"], rowNumbers(80))).names).toHaveLength(31);
  });

  it("refuses constant columns that were named, or that are all there is", async () => {
    const constant = tableOf(numbers("a", [1, 1]), numbers("b", [1, 2]));
    const named = await refusal(() =>
      fitPreparation(constant, ["a", "b"], rowNumbers(2), { named: true }),
    );
    expect(named.code).toBe("COLUMN_CONSTANT");
    expect(named.message).toContain('"a"');
    const alone = await refusal(() => fitPreparation(constant, ["a"], rowNumbers(2)));
    expect(alone.code).toBe("COLUMN_CONSTANT");
    expect(alone.message).toContain("every feature column");
  });

  it("refuses ids, no columns and no training rows", async () => {
    const ids = tableOf({ name: "id", kind: "text", values: ["a", "b"] }, numbers("x", [1, 2]));
    const refuse = async (columns: string[], rows: number) =>
      (await refusal(() => fitPreparation(ids, columns, rowNumbers(rows)))).code;
    expect(await refuse(["id"], 2)).toBe("USAGE");
    expect(await refuse([], 2)).toBe("COLUMN_NONE_LEFT");
    expect(await refuse(["x"], 0)).toBe("ALIGNMENT_TOO_SMALL");
    expect(await refuse(["y"], 2)).toBe("COLUMN_MISSING");
  });

  it("refuses a column of another kind than in training, except one without values", async () => {
    const changed = tableOf(
      numbers("age", [1]),
      numbers("vip", [1]),
      categories("city", ["Ghent"]),
    );
    const error = await refusal(() => preparation.encode(changed, rowNumbers(1)));
    expect(error.code).toBe("COLUMN_KIND_CHANGED");
    expect(error.message).toContain('"vip" is a number, but was a boolean');
    const empty = tableOf(numbers("age", [1]), numbers("vip", [NaN]), numbers("city", [NaN]));
    const encoded = preparation.encode(empty, rowNumbers(1));
    expect(columnValues(encoded, "vip:missing")).toEqual([1]);
    expect(columnValues(encoded, "city:missing")).toEqual([1]);
    expect(preparation.kinds).toEqual({ age: "number", vip: "boolean", city: "category" });
  });
});

interface Row {
  readonly number: number;
  readonly truth: number;
  readonly level: string | null;
}

describe("every preparation", () => {
  const row: fc.Arbitrary<Row> = fc.record({
    number: fc.oneof(
      fc.constant(NaN),
      fc.integer({ min: 0, max: 4 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    ),
    truth: fc.constantFrom(-1, 0, 1),
    level: fc.option(fc.constantFrom("a", "b", "c")),
  });
  const varied = fc.array(row, { minLength: 2, maxLength: 80 }).filter((rows) => {
    const known = rows.filter((one) => !Number.isNaN(one.number));
    return known.some((one) => one.number !== known[0]?.number);
  });
  const method = fc.constantFrom<NumberEncoding>("ranks", "standard", "piecewise");
  const tableFrom = (rows: readonly Row[]) =>
    tableOf(
      numbers(
        "n",
        rows.map((one) => one.number),
      ),
      booleans(
        "b",
        rows.map((one) => one.truth),
      ),
      categories(
        "c",
        rows.map((one) => one.level),
      ),
    );

  it("keeps values within [-4, 4], on rows it has not seen, too", async () => {
    await fc.assert(
      fc.asyncProperty(varied, varied, method, async (train, rest, numbers) => {
        const table = tableFrom([...train, ...rest]);
        const fitted = await fitPreparation(table, ["n", "b", "c"], rowNumbers(train.length), {
          numbers,
        });
        const { values } = fitted.encode(table, rowNumbers(table.rows));
        expect(values.every((value) => Math.abs(value) <= 4)).toBe(true);
      }),
    );
  });

  it("centres numbers on the training rows", async () => {
    await fc.assert(
      fc.asyncProperty(varied, method, async (rows, numbers) => {
        const table = tableFrom(rows);
        const fitted = await fitPreparation(table, ["n"], rowNumbers(rows.length), { numbers });
        const encoded = fitted.encode(table, rowNumbers(rows.length));
        for (const name of encoded.names.filter((one) => !/:(missing|log)$/u.test(one))) {
          const column = columnValues(encoded, name);
          const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
          const clipped = column.some((value) => Math.abs(value) === 4);
          if (!clipped) expect(mean).toBeCloseTo(0, 9);
        }
      }),
    );
  });

  it("encodes bit for bit alike after a round trip through JSON", async () => {
    await fc.assert(
      fc.asyncProperty(varied, varied, method, async (train, rest, numbers) => {
        const table = tableFrom([...train, ...rest]);
        const fitted = await fitPreparation(table, ["n", "b", "c"], rowNumbers(train.length), {
          numbers,
        });
        const parsed = parsePreparation(JSON.parse(JSON.stringify(fitted)));
        const all = rowNumbers(table.rows);
        expect(parsed.names).toEqual(fitted.names);
        expect(new BigUint64Array(parsed.encode(table, all).values.buffer)).toEqual(
          new BigUint64Array(fitted.encode(table, all).values.buffer),
        );
      }),
    );
  });
});

describe("parsePreparation refuses", async () => {
  const table = tableOf(numbers("x", [1, 2, 3]));
  const good = (await fitPreparation(table, ["x"], rowNumbers(3))).toJSON();

  it.each([
    ["another version", { ...good, version: 3 }, "version"],
    ["another format", { ...good, format: "weights" }, "format"],
    ["an unknown key", { ...good, extra: 1 }, "extra"],
    ["nothing", null, "it"],
    [
      "knots out of order",
      {
        ...good,
        features: [
          {
            ...good.features[0],
            encoding: { type: "ranks", ranks: { values: [2, 1], ranks: [0, 1] } },
          },
        ],
      },
      "features.0.encoding.ranks.values",
    ],
  ])("%s", async (_what, document, field) => {
    const error = await refusal(() => parsePreparation(document));
    expect(error.code).toBe("PREPARATION_INVALID");
    expect(error.message).toContain(field);
  });
});
