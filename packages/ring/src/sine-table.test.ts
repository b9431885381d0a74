import { describe, expect, it } from "vitest";
import { SINE_TABLE_BITS, sineTable } from "./sine-table.ts";

describe("the sine table", () => {
  const table = sineTable();
  const at = (i: number): number => table[i] ?? Number.NaN;

  it("is the sine to half a unit", () => {
    table.forEach((word, i) => {
      const exact = Math.sin((2 * Math.PI * i) / 4096) * 2 ** SINE_TABLE_BITS;
      // 1e-6: the double's own error at this scale
      expect(Math.abs(word - exact)).toBeLessThanOrEqual(0.5 + 1e-6);
    });
  });

  it("is exact where the sine is, and symmetric", () => {
    expect([at(0), at(1024), at(2048), at(3072)]).toEqual([0, 2 ** 30, 0, -(2 ** 30)]);
    expect(at(512)).toBe(Math.round(Math.SQRT1_2 * 2 ** 30));
    for (let i = 1; i < 2048; i++) {
      expect(at(4096 - i)).toBe(-at(i));
      expect(at(2048 - i)).toBe(at(i));
    }
  });
});
