import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { refusal } from "../refusal.fixture.ts";
import { fitPreparation } from "../preparation/fit-preparation.ts";
import { binaryLabel } from "../table/binary-label.ts";
import { featureColumns, idsOf } from "../table/roles.ts";
import { columnOf, type Table } from "../table/table.ts";
import { CONVERSION_RATES, CONVERSIONS } from "./conversions.ts";
import { generatePopulation, OWN_LABELS } from "./population.ts";

/** SHA-256 over every value of a table. */
function digest(table: Table): string {
  const hash = createHash("sha256");
  for (const column of table.columns) {
    hash.update(column.name);
    if (column.kind === "text") hash.update(column.values.join());
    else hash.update(column.kind === "category" ? column.codes : column.values);
  }
  return hash.digest("hex");
}

describe("the default population", () => {
  const population = generatePopulation({ seed: "moon" });
  const { media, commerce, truth } = population;

  it("overlaps in part: at least 20,000 users are on both sides, in unlike orders", () => {
    const known = new Map(idsOf(commerce).map((id, row) => [id, row]));
    const matched = idsOf(media).filter((id) => known.has(id));
    expect(matched.length).toBeGreaterThan(20_000);
    expect(matched.length).toBeLessThan(Math.min(media.rows, commerce.rows) * 0.85);
    const rows = matched.map((id) => known.get(id) ?? -1);
    const ascents = rows.filter((row, at) => row > (rows[at - 1] ?? -1)).length;
    expect(Math.abs(ascents / rows.length - 0.5)).toBeLessThan(0.05);
  });

  it("has ids that never repeat and look alike", () => {
    expect(new Set(truth.ids).size).toBe(34_000);
    expect(truth.ids.every((id) => /^u-[0-9a-f]{16}$/.test(id))).toBe(true);
  });

  it.each(CONVERSIONS)("converts at the stated rate: %s", (conversion) => {
    const rate = CONVERSION_RATES[conversion];
    const mean = truth.probabilities[conversion].reduce((sum, p) => sum + p, 0) / 34_000;
    expect(mean).toBeCloseTo(rate, 9);
    const labels = binaryLabel(commerce, conversion);
    const share = labels.reduce((sum, label) => sum + label, 0) / labels.length;
    expect(Math.abs(share - rate)).toBeLessThan(5 * Math.sqrt(rate / labels.length));
  });

  it("prepares to 30 to 60 columns a side", async () => {
    const cols = async (table: Table, exclude: readonly string[]): Promise<number> => {
      const rows = Uint32Array.from({ length: table.rows }, (_, row) => row);
      return (await fitPreparation(table, featureColumns(table, { exclude }), rows)).cols;
    };
    expect(await cols(media, [OWN_LABELS.media])).toBe(53);
    expect(await cols(commerce, [OWN_LABELS.commerce, ...CONVERSIONS])).toBe(37);
  });

  it("has own labels of both classes, and a missing recency for who never ordered", () => {
    for (const [table, label] of [
      [media, OWN_LABELS.media],
      [commerce, OWN_LABELS.commerce],
    ] as const) {
      expect(new Set(binaryLabel(table, label))).toEqual(new Set([0, 1]));
    }
    const recency = columnOf(commerce, "recency_days");
    const frequency = columnOf(commerce, "frequency");
    if (recency.kind !== "number" || frequency.kind !== "number") throw new Error("not numbers");
    const never = recency.values.filter((_, row) => frequency.values[row] === 0);
    expect(never.length).toBeGreaterThan(0);
    expect(never.every((value) => Number.isNaN(value))).toBe(true);
  });
});

describe("generatePopulation", () => {
  it("is deterministic by seed", () => {
    const tables = (seed: string): string[] => {
      const { media, commerce } = generatePopulation({ seed, users: 500 });
      return [digest(media), digest(commerce)];
    };
    expect(tables("one")).toEqual(tables("one"));
    expect(tables("one")).not.toEqual(tables("two"));
  });

  it("gives the tables it always gave: else raise GENERATOR_VERSION", () => {
    const { media, commerce } = generatePopulation({ seed: "golden", users: 200 });
    expect([digest(media).slice(0, 16), digest(commerce).slice(0, 16)]).toEqual([
      "27e8551e9982c031",
      "5596b0522ed19195",
    ]);
  });

  it("keeps the people when only a share changes", () => {
    const all = generatePopulation({ seed: "s", users: 100, mediaShare: 1, commerceShare: 0.5 });
    const few = generatePopulation({ seed: "s", users: 100, mediaShare: 0.3, commerceShare: 0.5 });
    expect(few.truth).toEqual(all.truth);
    expect(few.commerce).toEqual(all.commerce);
    expect(all.media.rows).toBe(100);
    expect(few.media.rows).toBeLessThan(60);
  });

  it.each([{ users: 0 }, { users: 1.5 }, { mediaShare: 0 }, { commerceShare: 1.01 }])(
    "refuses %o",
    async (options) => {
      const error = await refusal(() => generatePopulation({ seed: "s", ...options }));
      expect(error.code).toBe("USAGE");
    },
  );
});
