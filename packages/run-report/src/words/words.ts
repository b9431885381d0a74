import { CHART_WORDS } from "./charts.ts";
import { KIND_WORDS } from "./kinds.ts";
import { PAGE_WORDS } from "./page.ts";
import { SESSION_WORDS } from "./session.ts";
import { VERDICT_WORDS } from "./verdict.ts";

/** A reader's language. */
export type Language = "en" | "zh";
export const LANGUAGES: readonly Language[] = ["en", "zh"];

/** One piece of text in every language; `{name}` stands for a value. */
export type Translation = Readonly<Record<Language, string>>;

/** All words of the page by key. */
export const WORDS = {
  ...PAGE_WORDS,
  ...VERDICT_WORDS,
  ...CHART_WORDS,
  ...SESSION_WORDS,
  ...KIND_WORDS,
} as const satisfies Readonly<Record<string, Translation>>;
export type WordKey = keyof typeof WORDS;

/** Says a piece of text in one language, its values filled in. */
export interface Say {
  (key: WordKey, values?: Readonly<Record<string, string | number>>): string;
  readonly language: Language;
}

export function speaker(language: Language): Say {
  const say = (key: WordKey, values: Readonly<Record<string, string | number>> = {}): string =>
    WORDS[key][language].replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
      Object.hasOwn(values, name) ? String(values[name]) : whole,
    );
  return Object.assign(say, { language });
}
