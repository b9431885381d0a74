import { MoongateError } from "@moongate/errors";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ID_RULES, normaliseId, normaliseIds } from "./ids.ts";

describe("normaliseId", () => {
  it.each([
    ["exact", "  Ab ", "  Ab "],
    ["exact", "00123.0", "00123.0"],
    ["trimmed", "  Ab ", "Ab"],
    ["trimmed", "\u200bu12\ufeff", "u12"],
    ["trimmed", "u1\u200b2", "u12"],
    ["trimmed", "007", "007"],
    ["trimmed", "u\u0308ru\u0308n", "ürün"],
    ["lowercase", " ÄB\u00a0", "äb"],
    ["email", " Ann.B+tag@Example.ORG\t", "ann.b+tag@example.org"],
    ["email", "mailto:Bob@x.org", "bob@x.org"],
    ["digits", " 00123 ", "123"],
    ["digits", "10194.0", "10194"],
    ["digits", "0000", "0"],
    ["digits", "0.0", "0"],
    ["digits", "12.50", "12.50"],
    ["digits", "u007", "u007"],
    ["digits", "1.5E+5", "150000"],
    ["digits", "1.23457E+11", "123457000000"],
    ["digits", "1.2345e2", "1.2345e2"],
    ["sha256", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "sha256",
      "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    ],
    ["sha256", "  ", ""],
    ["lowercase+digits", " 007.0 ", "7"],
    ["email+sha256", " ABC ", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    ["phone", "0086 138 0013 8000", "+8613800138000"],
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
      fc.property(
        fc.constantFrom(...ID_RULES, "lowercase+digits", "email+sha256"),
        fc.string({ unit: "grapheme" }),
        (rule, raw) => {
          const once = normaliseId(raw, rule);
          expect(normaliseId(once, rule)).toBe(once);
        },
      ),
    );
  });
});

it("refuses a rule that does not exist", () => {
  expect(() => normaliseId("a", "trimmed+soundex")).toThrow(
    expect.objectContaining({ code: "USAGE", message: 'there is no id rule "soundex"' }),
  );
});

/** The refusal of a column. */
function refusalOf(raw: readonly string[], rule: "trimmed" | "phone"): MoongateError {
  try {
    normaliseIds(raw, rule);
  } catch (thrown) {
    if (thrown instanceof MoongateError) return thrown;
  }
  throw new Error("the column was not refused");
}

describe("normaliseIds", () => {
  it("keeps the row order", () => {
    expect(normaliseIds([" b", "a "], "trimmed")).toEqual(["b", "a"]);
  });

  it("refuses empty ids with their count and the first rows", () => {
    const refusal = refusalOf(["a", " ", "b", "", "", "", "", ""], "trimmed");
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
