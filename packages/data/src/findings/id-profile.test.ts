import { describe, expect, it } from "vitest";
import { idNotes, profileIds, shapeOf, shapesText } from "./id-profile.ts";

describe("the shape of an id", () => {
  it.each([
    ["u000123", "a9{6}"],
    ["10194", "9{5}"],
    ["10194.0", "9{5}.9"],
    ["AB-12", "AA-99"],
    [" 7 ", "_9_"],
    ["u\u200b1", "a~9"],
    ["张三", "xx"],
    ["jane@example.org", "mail@host"],
    ["Jane@example.org", "Mail@Host"],
    ["ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "hex{64}"],
    ["BA7816BF8F01CFEA414140DE5DAE2223", "HEX{32}"],
    ["123e4567-e89b-12d3-a456-426614174000", "uuid"],
    ["", ""],
  ])("%j is %j", (id, shape) => {
    expect(shapeOf(id)).toBe(shape);
  });
});

describe("ids", () => {
  const profile = (values: readonly string[]) => profileIds({ name: "id", kind: "text", values });

  it.each([
    [["1.0", "2.0", "3"], "point-zero", 2],
    [["1E+05", "2.5e+10"], "exponent", 2],
    [["007", "12"], "leading-zeros", 1],
    [["1234567", "1234568", "999"], "mixed-lengths", 1],
    [["ABC", "DEF"], "upper-case", 2],
    [["u1\u200b", "u2"], "invisible", 1],
    [[" u1", "u2 "], "outer-blanks", 2],
    [["Jane@x.org", "joe@x.org"], "email-case", 1],
  ] as const)("%j have the trait %s", (values, trait, count) => {
    expect(profile(values).traits).toContainEqual({ trait, count });
  });

  it("are told of in shapes, never as they are", () => {
    const ids = profile(["10194.0", "10285.0", "10111"]);
    expect(shapesText(ids, 3)).toBe("9{5}.9 (67%), 9{5} (33%)");
    const [note] = idNotes(ids, 3);
    expect(note).toMatchObject({ code: "ID_SHAPE", weight: "look", count: 2 });
    expect(JSON.stringify(note)).not.toContain("10194");
  });

  it("have no shape to speak of where there are many", () => {
    const values = Array.from({ length: 30 }, (_, row) => "a".repeat(row % 15) + "9".repeat(row));
    expect(shapesText(profile(values), 30)).toMatch(/ and many other shapes$/);
  });

  it("of one plain kind have nothing to be told", () => {
    expect(idNotes(profile(["u001", "u002"]), 2)).toEqual([]);
  });
});
