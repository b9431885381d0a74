import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wrapped } from "./wrapped.ts";

describe("wrapped", () => {
  it("breaks at spaces, and leaves long words whole", () => {
    expect(wrapped("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrapped("a unbreakable b", 4)).toEqual(["a", "unbreakable", "b"]);
    expect(wrapped("", 4)).toEqual([""]);
  });

  it("loses no word, and exceeds the width by no line that could be broken", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 20 }), (text, width) => {
        const lines = wrapped(text, width);
        expect(lines.join(" ")).toBe(text);
        for (const line of lines.filter(({ length }) => length > width)) {
          expect(line).not.toMatch(/[^ ] +[^ ]/);
        }
      }),
    );
  });
});
