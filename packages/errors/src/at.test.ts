import { describe, expect, it } from "vitest";
import { at } from "./at.ts";

describe("the checked accessor", () => {
  it("returns elements of arrays and typed arrays, zeros and empty strings included", () => {
    expect(at([0, 7], 0)).toBe(0);
    expect(at(["", "b"], 0)).toBe("");
    expect(at(Float64Array.of(1.5, 2.5), 1)).toBe(2.5);
    expect(at(BigInt64Array.of(-3n), 0)).toBe(-3n);
  });

  it.each([-1, 2, 0.5, Number.NaN])("refuses index %s of two elements", (index) => {
    const message = `index ${index} is outside an array of length 2`;
    expect(() => at(Uint8Array.of(1, 2), index)).toThrow(new RangeError(message));
  });
});
