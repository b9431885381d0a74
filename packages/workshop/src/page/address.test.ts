import { describe, expect, it } from "vitest";
import { type Address, readAddress, writeAddress } from "./address.ts";

import { FRESH } from "../stage/state.ts";

const CHAPTERS = ["one", "two"];

describe("the address", () => {
  it.each<Address>([
    { chapter: "two", language: "zh", guess: 1, large: true, stage: FRESH },
    { chapter: "one", language: "en", guess: undefined, large: false, stage: FRESH },
    {
      chapter: "one",
      language: "en",
      guess: 0,
      large: false,
      stage: {
        pace: "step",
        eyes: "network",
        bare: true,
        at: [3, 0, 2, 1, 0, 0],
        open: { line: 2, place: 1 },
      },
    },
    {
      ...{ chapter: "one", language: "en", guess: 0, large: false },
      stage: { ...FRESH, at: "end" },
    },
  ])("reopens %o", (address) => {
    expect(readAddress(writeAddress(address), CHAPTERS, "fr")).toEqual(address);
  });

  it("falls back where it is wrong or silent", () => {
    const plain = { chapter: "one", language: "zh", guess: undefined, large: false, stage: FRESH };
    const wrong = "#chapter=no&lang=xx&guess=-1&pace=no&eyes=no&at=1.2&open=9.1";
    expect(readAddress(wrong, CHAPTERS, "zh-CN")).toEqual(plain);
    expect(readAddress("", CHAPTERS, "de")).toEqual({ ...plain, language: "en" });
  });
});
