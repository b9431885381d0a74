import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytes, duration, integer, plural } from "./format.ts";

describe("numbers in words", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.00 kB"],
    [1_234_567, "1.23 MB"],
    [999_600, "1.00 MB"],
    [45_678_901_234, "45.7 GB"],
  ])("%d bytes are %s", (count, text) => {
    expect(bytes(count)).toBe(text);
  });

  it("never writes four digits or an exponent before a unit", () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 45 }), (count) => {
        expect(bytes(count)).toMatch(/^(\d{1,3}|\d\.\d\d|\d\d\.\d) [kMGT]?B$/);
      }),
    );
  });

  it("separates thousands, and takes them back", () => {
    expect(integer(21_216)).toBe("21,216");
    fc.assert(
      fc.property(fc.nat(), (count) => {
        expect(Number(integer(count).replaceAll(",", ""))).toBe(count);
      }),
    );
  });

  it.each([
    [0.0123, "12 ms"],
    [12.34, "12.3 s"],
    [59.97, "1 min 0 s"],
    [75, "1 min 15 s"],
  ])("%d seconds are %s", (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });

  it("knows one from many", () => {
    expect(plural(1, "round")).toBe("1 round");
    expect(plural(2048, "round")).toBe("2,048 rounds");
    expect(plural(2, "entry", "entries")).toBe("2 entries");
  });
});
