import { at } from "@moongate/errors";
import { type PageLanguage, PAGE_LANGUAGES } from "../language/language.ts";
import { readStage, type StageState, writeStage } from "../stage/state.ts";

/** Everything that a link reopens. */
export interface Address {
  readonly chapter: string;
  readonly language: PageLanguage;
  /** The choice that is locked in, if one is. */
  readonly guess: number | undefined;
  readonly large: boolean;
  readonly stage: StageState;
}

/** Reads the part of the address behind the #; what is missing or wrong has its default. */
export function readAddress(hash: string, chapters: readonly string[], preferred: string): Address {
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  const language = PAGE_LANGUAGES.find((each) => each === fields.get("lang"));
  const guess = Number(fields.get("guess") ?? Number.NaN);
  return {
    chapter: chapters.find((id) => id === fields.get("chapter")) ?? at(chapters, 0),
    language: language ?? (preferred.startsWith("zh") ? "zh" : "en"),
    guess: Number.isInteger(guess) && guess >= 0 ? guess : undefined,
    large: fields.get("large") === "1",
    stage: readStage(fields),
  };
}

export function writeAddress({ chapter, language, guess, large, stage }: Address): string {
  const fields = new URLSearchParams({ chapter, lang: language });
  if (guess !== undefined) fields.set("guess", String(guess));
  if (large) fields.set("large", "1");
  writeStage(stage, fields);
  return `#${fields.toString()}`;
}
