import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sortPositions } from "./sort.ts";

const WIDTH = 7;
const SORTED = 6;

/** Few values a byte, so that digests tie in their first four bytes, and in all that count. */
const digest = fc.array(fc.constantFrom(0, 1, 128, 255), { minLength: WIDTH, maxLength: WIDTH });
const rows = fc.array(fc.record({ digest, group: fc.nat(2) }), { maxLength: 300 });

const hex = (bytes: readonly number[]): string => Buffer.from(bytes).toString("hex");

describe("sorting by digests", () => {
  it("is the stable sort by group, then by the bytes that count", () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (table, grouped) => {
        const bytes = Buffer.from(table.flatMap((row) => row.digest));
        const groups = Uint8Array.from(table, (row) => row.group);
        const digests = { bytes, width: WIDTH, sorted: SORTED };
        const keys = table.map((row) => {
          const key = hex(row.digest.slice(0, SORTED));
          return grouped ? `${row.group} ${key}` : key;
        });
        const expected = [...keys.keys()].sort((a, b) => {
          const [left = "", right = ""] = [keys[a], keys[b]];
          return left < right ? -1 : left > right ? 1 : a - b;
        });
        const sorted = grouped ? sortPositions(digests, groups) : sortPositions(digests);
        expect([...sorted]).toEqual(expected);
      }),
    );
  });
});
