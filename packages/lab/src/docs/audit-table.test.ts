import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { AUDIT, auditTable } from "./audit-table.ts";

const page = readFileSync(new URL("../../../../docs/protocols/dp.md", import.meta.url), "utf8");
const [from, to] = [page.indexOf(AUDIT.from), page.indexOf(AUDIT.to)];
const shown = page.slice(from + AUDIT.from.length, to).trim();

const rowsOf = (text: string): string[] => text.split("\n").filter((line) => line.startsWith("|"));
const numbersOf = (row: string): number[] => row.split("|").slice(1, -1).map(Number);

describe("the audits of docs/protocols/dp.md (npm run docs:audit)", () => {
  it("are a table as the program writes it", async () => {
    const written = await auditTable(
      [8, 4, 1].map((epsilon) => ({ epsilon, trainings: 8, controls: 8 })),
    );
    expect(from).toBeGreaterThan(0);
    expect(rowsOf(shown).slice(0, 2)).toEqual(rowsOf(written).slice(0, 2));
    const proven = (text: string): number[] =>
      rowsOf(text)
        .slice(2)
        .map((row) => numbersOf(row)[0] ?? NaN);
    expect(proven(shown)).toEqual(proven(written));
  });

  it("prove something at every ε, stay below the claim, and their controls go beyond it", () => {
    const rows = rowsOf(shown).slice(2).map(numbersOf);
    expect(rows).toHaveLength(3);
    for (const [proven = NaN, , gaussian, whatever, , quarter, none] of rows) {
      expect(gaussian).toBeGreaterThan(0);
      expect(gaussian).toBeLessThan(proven);
      expect(whatever).toBeLessThan(proven);
      expect(quarter).toBeGreaterThan(proven);
      expect(none).toBeGreaterThan(proven);
    }
  });
});
