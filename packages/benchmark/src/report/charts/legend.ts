import { mark, type Shape } from "./marks.ts";
import { element, text, widthOf } from "./svg.ts";

interface Entry {
  readonly words: string;
  readonly sign: string;
}

const sign = (shape: Shape, hue: "masked" | "split", filled: boolean): string =>
  mark(shape, 12, 8, hue, filled);
const stroke = (style: string): string => element("path", { d: "M2 8H22", class: style });

/** What the marks and lines of the frontier charts mean. */
export const FRONTIER_LEGEND: readonly Entry[] = [
  { words: "masked", sign: sign("diamond", "masked", true) },
  { words: "masked with noise of that ε", sign: sign("diamond", "masked", false) },
  { words: "split, undefended", sign: sign("cross", "split", true) },
  { words: "defence of labels", sign: sign("square", "split", false) },
  { words: "of gradients", sign: sign("circle", "split", false) },
  { words: "of embeddings", sign: sign("triangle", "split", false) },
  { words: "not dominated on validation rows", sign: stroke("c-frontier") },
  { words: "the same without masks", sign: stroke("c-trade") },
];

export const EPSILON_LEGEND: readonly Entry[] = [
  { words: "masked, noise in the shares", sign: sign("diamond", "masked", true) },
  { words: "split, labels randomised", sign: sign("square", "split", true) },
  { words: "from the empirical lower bound to the proof", sign: stroke("c-masked c-bound") },
];

/** Entries in lines of a width. */
export function drawLegend(
  entries: readonly Entry[],
  width: number,
): { readonly body: string; readonly height: number } {
  let [left, top] = [0, 0];
  const drawn = entries.map(({ words, sign: drawing }) => {
    const wide = 30 + widthOf(words, 11) + 14;
    if (left > 0 && left + wide > width) [left, top] = [0, top + 20];
    const entry = element(
      "g",
      { transform: `translate(${left} ${top})` },
      drawing,
      text(28, 12, words, { class: "c-text" }),
    );
    left += wide;
    return entry;
  });
  return { body: drawn.join(""), height: top + 24 };
}
