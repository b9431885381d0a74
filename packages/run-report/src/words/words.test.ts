import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LANGUAGES, speaker, WORDS, type WordKey } from "./words.ts";

const SOURCE = join(import.meta.dirname, "..");
const sources = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.includes(".test."))
  .filter((name) => !/^words[/\\]/.test(name))
  .map((name) => readFileSync(join(SOURCE, name), "utf8"))
  .join("\n");
const keys = Object.keys(WORDS) as WordKey[];
const PREFIXES = [...new Set(keys.map((key) => key.split(".")[0]))];

/** Keys that are written out, and those that a template makes of a prefix: `role.${role}`. */
const literal = new Set(
  [...sources.matchAll(/["`]([a-z]+\.[a-z0-9-]+)["`]/g)].map(([, key]) => key),
);
const templates = [...sources.matchAll(/`([a-z]+\.[a-z0-9-]*)\$\{/g)].map(
  ([, start = ""]) => start,
);

describe("the words of the page", () => {
  it("are all there", () => {
    const asked = [...literal].filter((key) => PREFIXES.includes(key?.split(".")[0]));
    expect(asked.length).toBeGreaterThan(40);
    expect(asked.filter((key) => !Object.hasOwn(WORDS, key ?? ""))).toEqual([]);
    expect(templates.filter((start) => !keys.some((key) => key.startsWith(start)))).toEqual([]);
  });

  it("are all used", () => {
    const used = (key: string): boolean =>
      literal.has(key) || templates.some((start) => key.startsWith(start));
    expect(keys.filter((key) => !used(key))).toEqual([]);
  });

  it.each(keys)("%s says the same in every language, with the same values", (key) => {
    const values = LANGUAGES.map((language) => {
      const text = WORDS[key][language];
      expect(text.trim()).not.toBe("");
      return [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
    });
    expect(values[1]).toEqual(values[0]);
  });

  it("take values in, and leave alone what was not given", () => {
    const say = speaker("en");
    expect(say("verdict.auc", { label: "a{b}" })).toBe("AUC, a{b}");
    expect(say("verdict.auc", {})).toBe("AUC, {label}");
    expect(say.language).toBe("en");
  });
});
