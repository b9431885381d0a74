import { fixed, plural, signed } from "@moongate/text";
import { html, type Markup, NOTHING } from "@moongate/text";
import type { Estimate } from "../findings/estimate.ts";

/** "0.9312 (95% interval 0.9290 to 0.9334)". */
export function inWords(
  { mean, interval }: Estimate,
  places: number,
  say: (value: number, places: number) => string = fixed,
): string {
  if (interval === undefined) return `${say(mean, places)} (one seed, no interval)`;
  const [low, high] = interval;
  return `${say(mean, places)} (95% interval ${say(low, places)} to ${say(high, places)})`;
}

/** A figure of a table's cell, its interval small beside it. */
export function figure(
  found: Estimate | undefined,
  places: number,
  say: (value: number, places: number) => string = fixed,
): Markup {
  if (found === undefined) return html`<span class="none absent">–</span>`;
  const { mean, interval } = found;
  const range =
    interval === undefined
      ? NOTHING
      : html` <small class="range">${say(interval[0], places)} to ${say(interval[1], places)}</small>`;
  return html`<span class="figure">${say(mean, places)}</span>${range}`;
}

export const signedWords = (found: Estimate, places: number): string =>
  inWords(found, places, signed);

/** Keeps "s = 4" in one line. */
export function unbroken(words: string): string {
  return words.replaceAll(" = ", "\u00a0=\u00a0");
}

/** "5 paired seeds", "1 seed". */
export function seedsOf({ seeds }: Estimate): string {
  return seeds === 1 ? "1 seed" : plural(seeds, "paired seed");
}
