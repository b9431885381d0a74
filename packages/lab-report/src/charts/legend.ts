import { mark, type MarkShape } from "./marks.ts";
import type { Frontier } from "../findings/frontier.ts";
import { element, text, widthOf } from "./svg.ts";

export interface Entry {
  readonly words: string;
  readonly sign: string;
}

const sign = (shape: MarkShape, hue: "masked" | "split", filled: boolean): string =>
  mark(shape, 12, 8, hue, filled);
/** An arrow downwards. */
const BELOW = "M12 3v10m-3.5 -4l3.5 4l3.5 -4";
const stroke = (style: string): string => element("path", { d: "M2 8H22", class: style });

/**
 * What the marks and lines of the frontier charts mean, as far as they are on them.
 * @param below true if a chart has a point below its axis.
 */
export function frontierLegend(frontiers: readonly Frontier[], below: boolean): Entry[] {
  const points = frontiers.flatMap((frontier) => frontier.points);
  const units = points.map(({ setting }) => setting.unit);
  const protects = (place: string): boolean =>
    units.some(({ defence }) => defence?.place === place);
  const entries: readonly (Entry & { readonly used: boolean })[] = [
    {
      words: "masked",
      sign: sign("diamond", "masked", true),
      used: units.some(({ protocol, epsilon }) => protocol === "masked" && epsilon === undefined),
    },
    {
      words: "masked with noise of that ε",
      sign: sign("diamond", "masked", false),
      used: units.some(({ epsilon }) => epsilon !== undefined),
    },
    {
      words: "split, undefended",
      sign: sign("cross", "split", true),
      used: units.some(({ protocol, defence }) => protocol === "split" && defence === undefined),
    },
    {
      words: "defence of labels",
      sign: sign("square", "split", false),
      used: protects("labels"),
    },
    {
      words: "defence of gradients",
      sign: sign("circle", "split", false),
      used: protects("gradient"),
    },
    {
      words: "defence of embeddings",
      sign: sign("triangle", "split", false),
      used: protects("embedding"),
    },
    {
      words: "test AUC below the axis, its value beside it",
      sign: element("path", { d: BELOW, class: "c-split c-line" }),
      used: below,
    },
    {
      words: "not dominated on validation rows",
      sign: stroke("c-frontier"),
      used: frontiers.some((each) => each.points.filter(({ chosen }) => chosen).length > 1),
    },
    {
      words: "the same without masks",
      sign: stroke("c-trade"),
      used: points.filter(({ chosenOfSplit }) => chosenOfSplit).length > 1,
    },
  ];
  return entries.filter(({ used }) => used);
}

/** The numbers of the charts and what they stand for. */
export function numberLegend(frontiers: readonly Frontier[]): Entry[] {
  const points = frontiers.flatMap((frontier) => frontier.points);
  const numbered = points.flatMap(({ number, setting }) =>
    number === undefined ? [] : [{ number, words: setting.title }],
  );
  const once = new Map(numbered.map((entry) => [entry.number, entry.words]));
  return [...once]
    .toSorted(([a], [b]) => a - b)
    .map(([number, words]) => ({
      words,
      sign: text(22, 12, String(number), { class: "c-word-split c-end" }),
    }));
}

export const EPSILON_LEGEND: readonly Entry[] = [
  { words: "masked, noise in the shares", sign: sign("diamond", "masked", true) },
  { words: "split, labels randomised", sign: sign("square", "split", true) },
  { words: "from what the audit proves at least to the proof", sign: stroke("c-masked c-bound") },
];

/** Blocks of entries, each in lines of a width. */
export function drawLegend(
  blocks: readonly (readonly Entry[])[],
  width: number,
): { readonly body: string; readonly height: number } {
  let height = 0;
  const drawn = blocks.map((entries) => {
    const block = drawBlock(entries, width);
    const body = element("g", { transform: `translate(0 ${height})` }, block.body);
    height += entries.length === 0 ? 0 : block.height + 6;
    return body;
  });
  return { body: drawn.join(""), height };
}

function drawBlock(
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
