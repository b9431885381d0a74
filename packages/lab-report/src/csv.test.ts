import { describe, expect, it } from "vitest";
import { csv } from "./csv.ts";
import { makeAudits, makeResults } from "./results.fixture.ts";

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

  it("has a line for every audit, with its bounds", () => {
    const [line] = parse(csv([...results, ...makeAudits([8])])).slice(-1);
    expect(line).toMatchObject({ control: "canary", audit_epsilon: "8", audit_trainings: "1000" });
    expect(Number(line?.["audit_gaussian_at_least"])).toBeGreaterThan(1);
    expect(Number(line?.["audit_at_least"])).toBeGreaterThan(0);
    expect(line?.["audit_no_noise"]).toBe("30");
  });

  it("has the rates of a membership attack", () => {
    const [result] = results.filter(({ unit }) => unit.protocol === "masked");
    if (result === undefined) throw new Error("no result");
    const attack = {
      ...{ name: "lira", title: "LiRA", adversary: "outsider", target: "membership" as const },
      ...{ applicable: true, details: { "tpr 0.1%": 0.003, "tpr 1%": 0.02 } },
    };
    expect(parse(csv([{ ...result, attacks: [attack] }]))[0]).toMatchObject({
      "tpr_at_fpr_0.1pc_lira_outsider": "0.003",
      tpr_at_fpr_1pc_lira_outsider: "0.02",
    });
  });

  it("has the same rates of attacks on labels", () => {
    const [index, found] = [...results.entries()]
      .map(([at, { attacks }]) => [at, attacks.find(({ name }) => name === "norm")] as const)
      .find(([, attack]) => attack !== undefined) ?? [0, undefined];
    expect(rows[index]?.["tpr_at_fpr_1pc_norm_media"]).toBe(String(found?.details?.["tpr 1%"]));
    expect(Number(rows[index]?.["tpr_at_fpr_0.1pc_norm_media"])).toBeGreaterThan(0);
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
