import { describe, expect, it } from "vitest";
import type { FittedPreparation, PartyData } from "../data.ts";
import { both, csv, predict, scoringOf, testRows, train } from "../testing/prediction.ts";
import { testTables } from "../testing/tables.ts";
import { openDocument } from "./document.ts";
import { asSaved, reopened } from "./embed.ts";
import { localSettingsSchema } from "./settings.ts";
import { type LocalChoice, withLocalModel } from "./train.ts";

const settings = localSettingsSchema.parse({ width: 2, epochs: 2, batchSize: 32 });
const own = (rows: number): LocalChoice["objective"] => [
  { name: "own", values: Uint8Array.from({ length: rows }, (_, row) => row % 2) },
];

/** A party that brings a local model, and what is done with its rows. */
function withLocal(data: PartyData, choice: Partial<LocalChoice> = {}): PartyData {
  const all: LocalChoice = { input: "both", objective: [], settings, engine: "cpu", ...choice };
  return {
    ...data,
    prepare: async (trainRows, options) =>
      withLocalModel(await data.prepare(trainRows), data.ids.length, trainRows, all, options),
  };
}

const { media } = testTables({ seed: "local", matched: 100 });
const raw = media.prepare(Uint32Array.of(0)) as FittedPreparation;
const rows = media.ids.length;
const trainRows = Uint32Array.from({ length: 60 }, (_, row) => row);
const heldOut = Uint32Array.from({ length: 40 }, (_, row) => 60 + row);
const some = Uint32Array.of(3, 1, 99);
const fit = (choice: Partial<LocalChoice> = {}, below = raw): Promise<FittedPreparation> =>
  withLocalModel(
    below,
    rows,
    trainRows,
    { input: "both", objective: [], settings, engine: "cpu", ...choice },
    { heldOut, seed: "s" },
  );

describe("a party's columns", () => {
  it.each([
    ["raw", ["m0", "m1", "m2"]],
    ["auto", ["m0", "m1", "m2"]],
    ["tower", ["local[1]", "local[2]"]],
    ["both", ["m0", "m1", "m2", "local[1]", "local[2]"]],
  ] as const)("with %s are %o", async (input, columns) => {
    const fitted = await fit({ input });
    expect(fitted.columns).toEqual(columns);
    const { values, cols } = fitted.encode(some);
    expect([cols, values.length]).toEqual([columns.length, 3 * columns.length]);
    const below = raw.encode(some).values;
    if (columns.length !== 2) expect(values.slice(0, 3)).toEqual(below.slice(0, 3));
  });

  it.each([
    ["tower", undefined],
    ["both", undefined],
    ["both", own(rows)],
  ] as const)("come back bit for bit from a saved %s", async (input, objective) => {
    const fitted = await fit(objective === undefined ? { input } : { input, objective });
    const document: unknown = JSON.parse(JSON.stringify(fitted.document));
    const again = reopened(document, (below) => {
      expect(below).toEqual(raw.document);
      return raw;
    });
    expect(again.columns).toEqual(fitted.columns);
    expect(again.local).toEqual(fitted.local);
    expect(again.encode(some)).toEqual(fitted.encode(some));
    const one = again.encode(some.subarray(2)).values;
    expect(one).toEqual(fitted.encode(some).values.slice(-one.length));
    expect(fitted.local?.objective).toBe(objective === undefined ? "reconstruction" : "both");
  });

  it("of a wide table are the dense ones beside the embedding", async () => {
    const cols = 101;
    const wide: FittedPreparation = {
      columns: Array.from({ length: cols }, (_, col) => `w${col}`),
      document: {},
      sparse: () => Array.from({ length: cols }, (_, col) => col !== 1 && col !== 100),
      encode: (each) => ({
        rows: each.length,
        cols,
        values: Float64Array.from({ length: each.length * cols }, (_, at) => Math.sin(at)),
      }),
    };
    const auto = await fit({ input: "auto" }, wide);
    expect(auto.columns).toEqual(["w1", "w100", "local[1]", "local[2]"]);
    expect([...auto.encode(some).values.slice(0, 2)]).toEqual([Math.sin(1), Math.sin(100)]);
    expect(auto.local).toMatchObject({ input: "both", beside: 2, columns: 2 });
    expect((await fit({ input: "tower" }, wide)).columns).toHaveLength(2);
    expect((await fit({ input: "raw" }, wide)).columns).toHaveLength(cols);
  });
});

describe("a local model", () => {
  it("learns from all own rows but the held-out ones; without them told, from training rows", async () => {
    const asked = async (heldOut?: Uint32Array): Promise<number[]> => {
      const seen = new Set<number>();
      const watched: FittedPreparation = {
        ...raw,
        encode: (each) => {
          for (const row of each) seen.add(row);
          return raw.encode(each);
        },
      };
      const choice = { input: "tower", objective: [], settings, engine: "cpu" } as const;
      const options = heldOut === undefined ? {} : { heldOut };
      const { local } = await withLocalModel(watched, rows, trainRows, choice, options);
      expect(local?.rows).toBe(seen.size);
      return [...seen].sort((a, b) => a - b);
    };
    const allowed = [...Array(rows).keys()].filter((row) => row < 60 || row >= 100);
    expect(await asked(heldOut)).toEqual(allowed);
    expect(await asked()).toEqual([...trainRows]);
  });

  it("is the same with the same seed, and reports every step", async () => {
    const [a, b] = [await fit(), await fit()];
    expect(a.document).toEqual(b.document);
    let last = "";
    const onLocal = (done: number, total: number): void => void (last = `${done}/${total}`);
    const choice = { input: "tower", objective: [], settings, engine: "cpu" } as const;
    const other = await withLocalModel(raw, rows, trainRows, choice, { seed: "t", onLocal });
    expect(other.document).not.toEqual(a.document);
    expect(last).toBe("4/4"); // 54 rows in two batches, two epochs
  });

  it("takes an own label so rare that validation rows have none", async () => {
    const values = new Uint8Array(rows);
    values.set([1, 1], 10);
    const { local } = await fit({ objective: [{ name: "clicked", values }] });
    expect(local?.labels).toEqual(["clicked"]);
  });

  it("takes an own label of one class: that it ended would tell of it", async () => {
    const objective = [{ name: "clicked", values: new Uint8Array(rows) }];
    const [one, other] = [await fit({ objective }), await fit()];
    expect(one.columns.length).toBe(other.columns.length);
  });

  it("is refused when it is damaged, of a later version, or above other columns", async () => {
    const { document } = await fit();
    const broken = (change: object) => () => openDocument({ ...(document as object), ...change });
    for (const [change, code] of [
      [{ version: 2 }, "PREPARATION_INVALID"],
      [{ tower: "AAAA" }, "TOWER_INVALID"],
      [{ tower: "?" }, "PREPARATION_INVALID"],
      [{ beside: [3] }, "PREPARATION_INVALID"],
    ] as const) {
      expect(broken(change)).toThrow(expect.objectContaining({ code }) as Error);
    }
    const fewer = { ...raw, columns: ["m0"] };
    expect(() => asSaved(fewer, openDocument(document))).toThrow("3 columns below it, not 1");
  });
});

describe("a session with local models", () => {
  it.each([
    ["tower", false],
    ["both", true],
  ] as const)("on %s is scored again bit for bit by its kept models", async (input, labelled) => {
    const events: string[] = [];
    const trained = await train({
      seed: "towers",
      bring: (_side, data) =>
        withLocal(data, { input, ...(labelled ? { objective: own(data.ids.length) } : {}) }),
      onEvent: (side, event) => {
        if (event.event === "phase-started") events.push(`${side} ${event.phase}`);
      },
    });
    expect(events).toEqual(expect.arrayContaining(["media local", "commerce local"]));
    const width = input === "tower" ? [2, 2] : [5, 4];
    const { document } = trained.models.commerce;
    expect([document.width.media, document.width.commerce]).toEqual(width);

    const rowsNow = testRows(trained);
    const data = both((side) => {
      const { ids, fitted } = rowsNow[side];
      const saved = openDocument(trained.models[side].preparation);
      expect(saved.local?.report).toMatchObject({ input, labels: labelled ? ["own"] : [] });
      return { ids, fitted: asSaved(fitted, saved) };
    });
    const { commerce } = await predict(scoringOf(trained.models, data));
    const lines = await csv(commerce.scores ?? "");
    expect(new Map(lines.map(([id = "", ...cells]) => [id, cells]))).toEqual(trained.test);
  });
});
