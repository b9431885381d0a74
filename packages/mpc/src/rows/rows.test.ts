import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ring } from "@moongate/ring";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { MaskStreams } from "../masks.ts";
import { featureRows } from "../features.ts";
import { MaskBlocks } from "./mask-blocks.ts";
import { spillToFiles } from "./file-rows.ts";
import { maskedRows } from "./masked-rows.ts";
import { OwnRows, ROWS_A_STRETCH } from "./own-rows.ts";
import { PlainRows } from "./plain-rows.ts";
import { runs } from "./runs.ts";

const ring = await Ring.create();
const directory = mkdtempSync(join(tmpdir(), "moongate-rows-"));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

const rowSets = fc
  .array(fc.nat(199), { minLength: 1, maxLength: 60 })
  .map((rows) => Uint32Array.from(rows));

const ownRows = (values: Float64Array, width: number): OwnRows => {
  const rows = values.length / width;
  return new OwnRows(featureRows(values, { rows, width, whose: "media" }), rows, width, 12);
};

describe("own rows", () => {
  it("are the features in fixed point, sign included", () => {
    const own = ownRows(Float64Array.of(0, 1, -1, 0.5, -3.75, 7.99), 2);
    const matrix = ring.matrix(3, 2);
    own.gather(Uint32Array.of(2, 0, 1), matrix);
    expect([...ring.decode(matrix, 12)]).toEqual([-3.75, 7.989_990_234_375, 0, 1, -1, 0.5]);
  });

  it.each([Number.NaN, 8, -8.1, Number.POSITIVE_INFINITY])("refuse %d with its place", (value) => {
    const own = ownRows(Float64Array.of(0, 0, 0, value), 2);
    expect(() => {
      own.gather(Uint32Array.of(0), ring.matrix(1, 2));
    }).toThrow(expect.objectContaining({ code: "SATURATION", details: { row: 1, col: 1 } }));
  });

  it("are taken from their source in stretches, each once, as they are needed", () => {
    const rows = 3 * ROWS_A_STRETCH + 5;
    const { source, asked } = counting(rows, 1);
    const own = new OwnRows(source, rows, 1, 0);
    expect(asked).toEqual([]);
    const gathered = (...wanted: number[]): number[] => {
      const out = ring.matrix(wanted.length, 1);
      own.gather(Uint32Array.from(wanted), out);
      return [...ring.decode(out, 0)];
    };
    expect(gathered(ROWS_A_STRETCH + 1, 7, 8)).toEqual([1, 7, 8]);
    expect(asked).toEqual([
      [ROWS_A_STRETCH, 2 * ROWS_A_STRETCH],
      [0, ROWS_A_STRETCH],
    ]);
    gathered(rows - 1, 2 * ROWS_A_STRETCH, 9);
    expect(gathered(...Array.from({ length: 50 }, (_, row) => row))).toHaveLength(50);
    expect(asked.slice(2)).toEqual([
      [3 * ROWS_A_STRETCH, rows],
      [2 * ROWS_A_STRETCH, 3 * ROWS_A_STRETCH],
    ]);
  });
});

/** Row i of a column holds i modulo 128. */
function counting(rows: number, width: number) {
  const asked: [number, number][] = [];
  const source = featureRows(
    {
      rows: (from, to) => {
        asked.push([from, to]);
        return Float64Array.from(
          { length: (to - from) * width },
          (_, index) => (from + Math.floor(index / width)) % 128,
        );
      },
    },
    { rows, width, whose: "media" },
  );
  return { source, asked };
}

describe("the twin's rows", () => {
  const sources = () => ({ media: counting(200, 1), commerce: counting(200, 2) });

  it.each([0, 2000, 1e9])("are both sides' side by side, with %d bytes to keep", (keep) => {
    const { media, commerce } = sources();
    const both = { media: media.source, commerce: commerce.source };
    const plain = new PlainRows(both, 200, { media: 1, commerce: 2 }, keep);
    fc.assert(
      fc.property(rowSets, (rows) => {
        const expected = [...rows].flatMap((row) => [row % 128, row % 128, row % 128]);
        expect([...plain.gather(rows)]).toEqual(expected);
      }),
    );
    expect(Math.max(...media.asked.map(([from, to]) => to - from))).toBeLessThanOrEqual(64);
    if (keep === 1e9) expect(media.asked.length).toBeLessThanOrEqual(4);
    else expect(media.asked.length).toBeGreaterThan(4);
  });
});

describe("masked rows", () => {
  const width = 3;
  const bytes = Uint8Array.from({ length: 200 * width * 8 }, (_, index) => (index * 7919) % 251);

  it.each([
    ["memory", undefined],
    ["a file", spillToFiles(directory, 0)],
  ] as const)("in %s are gathered as they were written", (_, spill) => {
    const store = maskedRows(200, width, spill);
    store.write(0, bytes.subarray(0, 64 * width * 8));
    store.write(64, bytes.subarray(64 * width * 8));
    fc.assert(
      fc.property(rowSets, (rows) => {
        const out = ring.matrix(rows.length, width);
        store.gather(rows, out);
        const expected = Buffer.concat(
          Array.from(rows, (row) => bytes.subarray(row * width * 8, (row + 1) * width * 8)),
        );
        expect(expected.equals(out.bytes())).toBe(true);
      }),
    );
    store.close();
    store.close();
  });

  it("refuse a place where no file can be", () => {
    const file = join(directory, "no-folder");
    writeFileSync(file, "");
    expect(() => maskedRows(200, width, spillToFiles(file, 0))).toThrow(
      expect.objectContaining({ code: "SPILL_FAILED" }),
    );
    rmSync(file);
  });

  it("refuse rows that the file does not have, instead of giving what was in memory", () => {
    const store = maskedRows(200, width, spillToFiles(directory, 0));
    store.write(0, bytes.subarray(0, 100 * width * 8));
    expect(() => {
      store.gather(Uint32Array.of(98, 99, 100), ring.matrix(3, width));
    }).toThrow(expect.objectContaining({ code: "SPILL_FAILED" }));
    store.close();
  });

  it("leave no file behind", () => {
    const store = maskedRows(200, width, spillToFiles(directory, 0));
    expect(readdirSync(directory)).toEqual([]);
    store.close();
  });
});

describe("runs", () => {
  it("are the stretches of consecutive rows", () => {
    expect([...runs(Uint32Array.of(4, 5, 6, 2, 9, 10))]).toEqual([
      { row: 4, count: 3, at: 0 },
      { row: 2, count: 1, at: 3 },
      { row: 9, count: 2, at: 4 },
    ]);
  });
});

describe("mask blocks", () => {
  const width = 5;
  const mask = new MaskStreams(new Uint8Array(32), { session: "s", incarnation: 0 }).tableMask(
    0,
    width,
  );
  const whole = new Uint8Array(200 * width * 8);
  mask.fill(0, whole);

  it.each([0, 100_000, 1e9])("are the party's masks, with %d bytes to keep", (keep) => {
    const blocks = new MaskBlocks(mask, 200, width, keep);
    fc.assert(
      fc.property(rowSets, (rows) => {
        const out = ring.matrix(rows.length, width);
        blocks.gather(rows, out);
        const expected = Buffer.concat(
          Array.from(rows, (row) => whole.subarray(row * width * 8, (row + 1) * width * 8)),
        );
        expect(expected.equals(out.bytes())).toBe(true);
      }),
    );
  });
});
