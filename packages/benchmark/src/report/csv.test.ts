import { describe, expect, it } from "vitest";
import { csv } from "./csv.ts";
import { makeResults } from "./results.fixture.ts";

/** RFC 4180, for the test alone. */
function parse(text: string): Record<string, string>[] {
  const lines = text.split("\r\n").slice(0, -1);
  const cells = lines.map((line) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
      (quoted ?? plain ?? "").replaceAll('""', '"'),
    ),
  );
  const [head = [], ...rows] = cells;
  return rows.map((row) => {
    expect(row).toHaveLength(head.length);
    return Object.fromEntries(head.map((name, index) => [name, row[index] ?? ""]));
  });
}

describe("results.csv", () => {
  const results = makeResults();
  const rows = parse(csv(results));

  it("has one line a unit with its metrics and leaks in full", () => {
    expect(rows).toHaveLength(results.length);
    for (const [index, { unit, test, attacks, costs }] of results.entries()) {
      const row = rows[index];
      const hint = attacks.find(({ name }) => name === "hint");
      expect(row).toMatchObject({
        data: unit.data,
        seed: unit.seed,
        control: unit.control,
        test_auc: String(test?.auc),
        bytes: String(costs?.bytes),
        leak_hint_media_10: String(hint?.leak?.mean ?? ""),
        excess_hint_media_10: String(hint?.excess ?? ""),
      });
    }
  });

  it("quotes what has commas and quotes", () => {
    const titles = new Set(rows.map(({ defence }) => defence));
    expect(titles).toContain("Marvell, s = 4");
    const [result] = results;
    if (result === undefined) throw new Error("no result");
    const error = { code: "X", cause: 'a "quoted", comma' };
    expect(parse(csv([{ ...result, error }]))[0]?.["cause"]).toBe('a "quoted", comma');
  });
});
