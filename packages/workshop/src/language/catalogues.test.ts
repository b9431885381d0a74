import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FEDERATION } from "../chapters/federation/texts.ts";
import { MASK } from "../chapters/mask/texts.ts";
import { PRODUCT } from "../chapters/product/texts.ts";
import { SAFE } from "../chapters/safe/texts.ts";
import { SINE } from "../chapters/sine/texts.ts";
import { FENCES_TEXTS } from "../chapters/fences/texts.ts";
import { JOINING } from "../chapters/joining/texts.ts";
import { OVERLAP } from "../chapters/overlap/texts.ts";
import { STAGE } from "../stage/texts.ts";
import { type Catalogue, PAGE_LANGUAGES } from "./language.ts";
import { PAGE } from "./page.ts";

const src = join(import.meta.dirname, "..");
const code = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !/(texts|page|\.test)\.ts$/.test(name))
  .map((name) => readFileSync(join(src, name), "utf8"))
  .join("\n");

/** Keys that are read by a computed name: the parties, the paces. */
const COMPUTED = ["media", "commerce", "coordinator", "run", "slow", "step"];

/** What is on the page besides Chinese: names, papers, formulas. */
const HAN = /\p{Script=Han}/u;

/** The texts of a catalogue, those of its named groups too. */
const leavesOf = (messages: object): unknown[] =>
  Object.values(messages).flatMap((text: unknown) =>
    typeof text === "object" && text !== null && !Array.isArray(text) ? leavesOf(text) : [text],
  );

describe.each<[string, Catalogue<object>]>([
  ["page", PAGE],
  ["stage", STAGE],
  ["overlap", OVERLAP],
  ["safe", SAFE],
  ["fences", FENCES_TEXTS],
  ["joining", JOINING],
  ["mask", MASK],
  ["product", PRODUCT],
  ["sine", SINE],
  ["federation", FEDERATION],
])("the catalogue of the %s", (_name, catalogue) => {
  it("has the same keys in every language, none of them empty", () => {
    const keys = PAGE_LANGUAGES.map((language) => Object.keys(catalogue[language]).sort());
    expect(keys[1]).toEqual(keys[0]);
    for (const language of PAGE_LANGUAGES) {
      for (const text of leavesOf(catalogue[language])) expect(text).not.toHaveLength(0);
    }
  });

  it("has no key that nothing shows", () => {
    const unused = Object.keys(catalogue.en).filter(
      (key) => !COMPUTED.includes(key) && !new RegExp(`\\.${key}\\b`).test(code),
    );
    expect(unused).toEqual([]);
  });

  it("is Chinese in Chinese and has no Chinese in English, but for the switch", () => {
    for (const [key, text] of Object.entries(catalogue.zh)) {
      const named = key === "other" || key === "paper"; // a paper keeps its title
      if (typeof text === "string" && !named) expect(text, key).toMatch(HAN);
    }
    for (const [key, text] of Object.entries(catalogue.en)) {
      if (typeof text === "string" && key !== "other") expect(text, key).not.toMatch(HAN);
    }
  });
});
