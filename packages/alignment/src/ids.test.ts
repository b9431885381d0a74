import { MoongateError } from "@moongate/errors";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ID_RULES, normaliseId, normaliseIds } from "./ids.ts";

describe("normaliseId", () => {
  it.each([
    ["exact", "  Ab ", "Ab"],
    ["exact", "u\u0308ru\u0308n", "ürün"],
    ["lowercase", " ÄB\u00a0", "äb"],
    ["email", " Ann.B+tag@Example.ORG\t", "ann.b+tag@example.org"],
    ["phone", " +86 138-0013-8000", "+8613800138000"],
    ["phone", "(030) 90 1820", "030901820"],
    ["phone", "１３８００", "13800"],
    ["phone", "+", ""],
    ["phone", "n/a", ""],
    ["phone", "030+5", "0305"],
  ] as const)("%s: %j is %j", (rule, raw, expected) => {
    expect(normaliseId(raw, rule)).toBe(expected);
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ID_RULES), fc.string({ unit: "grapheme" }), (rule, raw) => {
        const once = normaliseId(raw, rule);
        expect(normaliseId(once, rule)).toBe(once);
      }),
    );
  });
});

/** The refusal of a column. */
function refusalOf(raw: readonly string[], rule: "exact" | "phone"): MoongateError {
  try {
    normaliseIds(raw, rule);
  } catch (thrown) {
    if (thrown instanceof MoongateError) return thrown;
  }
  throw new Error("the column was not refused");
}

describe("normaliseIds", () => {
  it("keeps the row order", () => {
    expect(normaliseIds([" b", "a "], "exact")).toEqual(["b", "a"]);
  });

  it("refuses empty ids with their count and the first rows", () => {
    const refusal = refusalOf(["a", " ", "b", "", "", "", "", ""], "exact");
    expect(refusal).toMatchObject({
      code: "ID_EMPTY",
      message: "6 of 8 rows have an empty id, the first in rows 2, 4, 5, 6, 7",
      details: { count: 6, rows: [2, 4, 5, 6, 7] },
    });
  });

  it("refuses ids that are alike after the rule, without naming them", () => {
    const refusal = refusalOf(["+49 30 12345", "x7", "+493012345"], "phone");
    expect(refusal).toMatchObject({
      code: "ID_DUPLICATE",
      message:
        "1 of 3 rows repeat the id of an earlier row under the rule phone, the first in row 3",
      details: { count: 1, rows: [3] },
    });
    expect(JSON.stringify({ ...refusal.details, text: refusal.message })).not.toContain("12345");
  });
});
