import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { accountingTables, TABLES } from "./accounting-tables.ts";

describe("docs/privacy/accounting.md", () => {
  it("has the tables that the accountants compute (npm run docs:accounting)", () => {
    const url = new URL("../../../../docs/privacy/accounting.md", import.meta.url);
    const page = readFileSync(url, "utf8");
    const [from, to] = [page.indexOf(TABLES.from), page.indexOf(TABLES.to)];
    expect(from).toBeGreaterThan(0);
    expect(page.slice(from + TABLES.from.length, to).trim()).toBe(accountingTables());
  });
});
