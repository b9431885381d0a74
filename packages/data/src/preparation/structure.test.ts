import { at, type MoongateError } from "@moongate/errors";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tableOfRows } from "../table/take-rows.ts";
import {
  booleans,
  categories,
  columnValues,
  numbers,
  rowNumbers,
  tableOf,
} from "./columns.fixture.ts";
import { fitPreparation, fitStatistics } from "./fit-preparation.ts";
import type { NumberEncoding } from "./number-plan.ts";
import { parsePreparation, type Preparation } from "./preparation.ts";
import { structureOf } from "./structure.ts";

/** A table of every kind of column in which single rows differ in all ways. */
const pick = (row: number, many: number): number => ((row * 7919 + 13) >> 2) % many;
const ROWS = 40;
const all = rowNumbers(ROWS);
const table = tableOf(
  numbers(
    "minutes",
    [...all].map((row) => (pick(row, 3) === 0 ? NaN : pick(row * 3, 5))),
  ),
  numbers(
    "spent",
    [...all].map((row) => row * row),
  ),
  booleans(
    "premium",
    [...all].map((row) => pick(row, 2)),
  ),
  categories(
    "device",
    [...all].map((row) => at(["tv", "phone", "web"], pick(row, 3))),
  ),
  { name: "since", kind: "date", values: Float64Array.from(all, (row) => 20_000 + 3.3 * row) },
);
const names = table.columns.map(({ name }) => name);

/** Widths, or codes of refusals, over all pairs of rows that the other side could choose. */
async function widths(prepare: (rows: Uint32Array) => Promise<Preparation>): Promise<Set<unknown>> {
  const seen = new Set<unknown>();
  for (let a = 0; a < 12; a++) {
    for (let b = a + 1; b < 12; b++) {
      try {
        seen.add((await prepare(Uint32Array.of(a, b))).cols);
      } catch (error) {
        seen.add((error as MoongateError).code);
      }
    }
  }
  return seen;
}

describe.each(["auto", "ranks", "standard", "piecewise"] as const)(
  "the width, with %s",
  (choice) => {
    it("is one number whatever two users are matched", async () => {
      const structure = await structureOf(table, names, { numbers: choice });
      expect((await widths((rows) => fitStatistics(table, structure, rows))).size).toBe(1);
    });

    it("tells users apart where the structure is fitted on the matched rows (control)", async () => {
      const insecure = async (rows: Uint32Array) => {
        const structure = await structureOf(tableOfRows(table, rows), names, { numbers: choice });
        return fitStatistics(table, structure, rows);
      };
      expect((await widths(insecure)).size).toBeGreaterThan(3);
    });
  },
);

describe("a preparation", () => {
  const rowsOf = fc.uniqueArray(fc.nat(ROWS - 1), { minLength: 1, maxLength: 6 });
  const method = fc.constantFrom<NumberEncoding>("ranks", "standard", "piecewise");

  it("has the names of the whole table, bounded values and no refusal on any rows", async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf, method, async (rows, choice) => {
        const [few, whole] = [
          await fitPreparation(table, names, Uint32Array.from(rows), { numbers: choice }),
          await fitPreparation(table, names, all, { numbers: choice }),
        ];
        expect(few.names).toEqual(whole.names);
        const { values } = few.encode(table, all);
        expect(values.every((value) => Math.abs(value) <= 4)).toBe(true);
      }),
    );
  });

  it("has columns of zeros for what training rows do not tell, in new rows as well", async () => {
    const fitted = await fitPreparation(table, names, Uint32Array.of(5), { numbers: "piecewise" });
    expect(fitted.encode(table, all).values.every((value) => value === 0)).toBe(true);
    expect(fitted.describe().map(({ how }) => how)).toContain(
      "sign; 1 of its columns zero, being constant on the training rows",
    );
  });

  it("of version 1 is still read, and encodes as it did", () => {
    const old = {
      format: "moongate-preparation",
      version: 1,
      features: [
        { name: "premium", kind: "boolean", encoding: { type: "sign" }, missing: false },
        {
          name: "spent",
          kind: "number",
          missing: false,
          encoding: {
            type: "piecewise",
            ranks: { values: [0, 1521], ranks: [-1, 1] },
            bins: { edges: [0, 100, 1521], means: [0.5, 0.25] },
          },
        },
      ],
      dropped: [],
    };
    const encoded = parsePreparation(old).encode(table, Uint32Array.of(10));
    expect(encoded.names).toEqual(["premium", "spent", "spent[1]", "spent[2]"]);
    expect(columnValues(encoded, "spent[1]")).toEqual([0.5]);
    expect(columnValues(encoded, "spent[2]")).toEqual([-0.25]);
  });
});
