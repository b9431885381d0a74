/** The languages of the page. */
export const PAGE_LANGUAGES = ["en", "zh"] as const;
export type PageLanguage = (typeof PAGE_LANGUAGES)[number];

/** A catalogue in every language: the same keys, or it does not compile. */
export type Catalogue<Messages> = Readonly<Record<PageLanguage, Messages>>;

/** The texts that every chapter has. */
export interface ChapterTexts {
  readonly title: string;
  readonly question: string;
  readonly choices: readonly string[];
  readonly happened: string;
  readonly home: string;
  readonly paper: string;
}

/** A number with so many decimals, in digits that both languages use. */
export const fixed = (value: number, decimals: number): string => value.toFixed(decimals);

/** A whole number with thousands set apart. */
export const whole = (value: number): string => Math.round(value).toLocaleString("en-US");
