import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runHere } from "../testing/run-here.ts";

const ROWS = 200;
let folder = "";
const path = (name: string): string => join(folder, name);

/** Deterministic values that look alike without being so. */
const value = (row: number, salt: number): number => ((row * 7919 + salt * 104_729) % 1000) / 10;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "moongate-inspect-"));
  const media = ["user_id,clicks,joined,device,always"];
  const shop = ["user_id;bought;order_total;views"];
  for (let row = 0; row < ROWS; row++) {
    const day = `2026-0${1 + (row % 9)}-1${row % 10}`;
    const clicks = row === 17 ? "n.a." : value(row, 1);
    media.push(`${1000 + row}.0,${clicks},${day},${row % 3 === 0 ? "phone" : "tablet"},1`);
    const bought = row % 4 === 0;
    shop.push(`${1000 + row};${bought ? "yes" : "no"};${bought ? 5 + row : 0};${value(row, 2)}`);
  }
  writeFileSync(path("media.csv"), `${media.join("\n")}\n`);
  writeFileSync(path("shop.csv"), `${shop.join("\n")}\n`);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("moongate inspect", () => {
  it("shows what each column is read as, what it becomes, and what to look at", async () => {
    const { status, out } = await runHere(["inspect", path("media.csv"), "--id", "user_id"]);
    expect(status).toBe(0);
    expect(out).toContain("media.csv: 200 rows, CSV, comma, UTF-8");
    expect(out).toMatch(/clicks +number +0\.5% .* feature/);
    expect(out).toMatch(/joined +date .*2026-01-10 to 2026-09-19/);
    expect(out).toMatch(/device +category .*2 levels: tablet \(67%\), phone \(34%\) +feature/);
    expect(out).toMatch(/always .*left out: it has one value/);
    expect(out).toContain("Every row has an id of its own.");
    expect(out).toMatch(/! "clicks": 1 field is no number and taken for missing \(line 19\)\./);
  });

  it("shows the balance of labels, and a column that gives them away", async () => {
    const args = ["inspect", path("shop.csv"), "--id", "user_id", "--label", "bought"];
    const { status, out } = await runHere(args);
    expect(status).toBe(0);
    expect(out).toContain("CSV, semicolon");
    expect(out).toContain("bought: 25% positive (50 of 200).");
    expect(out).toMatch(/order_total alone predicts bought with an AUC of 1\.000/);
    expect(out).not.toMatch(/views alone/);
  });

  it("shows how many ids of two files match, and the rule by which more would", async () => {
    const files = [path("media.csv"), path("shop.csv")];
    const plain = await runHere(["inspect", ...files, "--id", "user_id"]);
    expect(plain.out).toContain('0 ids in common by the rule "trimmed"');
    expect(plain.out).toContain("use --id-rule digits.");
    const ruled = await runHere(["inspect", ...files, "--id", "user_id", "--id-rule", "digits"]);
    expect(ruled.out).toContain('200 ids in common by the rule "digits": 100% of');
  });

  it("prints everything as JSON", async () => {
    const args = ["inspect", path("media.csv"), path("shop.csv"), "--id", "user_id"];
    const { status, out } = await runHere([...args, "--label", "bought", "--json"]);
    expect(status).toBe(0);
    const told = JSON.parse(out) as {
      tables: { findings: { rows: number }; ids: object; labels: object[]; suspects: object[] }[];
      match: { matched: number; better: object };
    };
    expect(told.tables.map(({ findings }) => findings.rows)).toEqual([ROWS, ROWS]);
    expect(told.tables.map(({ ids }) => ids)).toEqual([
      { empty: 0, repeated: 0 },
      { empty: 0, repeated: 0 },
    ]);
    expect(told.tables[0]?.labels).toEqual([]);
    expect(told.tables[1]?.labels).toMatchObject([{ positives: 50, negatives: 150, missing: 0 }]);
    expect(told.match).toMatchObject({ matched: 0, better: { rule: "digits", matched: ROWS } });
  });

  it("refuses a label that no file has", async () => {
    const { status, err } = await runHere(["inspect", path("media.csv"), "--label", "bougth"]);
    expect(status).toBe(65);
    expect(err).toContain('LABEL_MISSING: no file has a column "bougth"');
  });
});
