import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editDistance, nearest } from "./nearest.ts";

describe("the nearest known word", () => {
  it("is the one that was meant", () => {
    const known = ["session", "coordinator", "identity", "labels"];
    expect(nearest("sesion", known)).toBe("session");
    expect(nearest("Coordinator", known)).toBe("coordinator");
    expect(nearest("label", known)).toBe("labels");
    expect(nearest("weather", known)).toBeUndefined();
  });

  it("is measured by a distance", () => {
    const word = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(editDistance(a, a)).toBe(0);
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});
