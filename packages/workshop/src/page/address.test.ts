import { describe, expect, it } from "vitest";
import { readAddress, writeAddress } from "./address.ts";

const CHAPTERS = ["one", "two"];

describe("the address", () => {
  it.each([
    { chapter: "two", language: "zh", guess: 1, large: true },
    { chapter: "one", language: "en", guess: undefined, large: false },
  ] as const)("reopens %o", (address) => {
    expect(readAddress(writeAddress(address), CHAPTERS, "fr")).toEqual(address);
  });

  it("falls back where it is wrong or silent", () => {
    const plain = { chapter: "one", language: "zh", guess: undefined, large: false };
    expect(readAddress("#chapter=no&lang=xx&guess=-1", CHAPTERS, "zh-CN")).toEqual(plain);
    expect(readAddress("", CHAPTERS, "de")).toEqual({ ...plain, language: "en" });
  });
});
