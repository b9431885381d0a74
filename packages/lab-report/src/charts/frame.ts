import { fixed } from "@moongate/text";
import type { Estimate } from "../findings/estimate.ts";
import type { Lines } from "../findings/frontier.ts";
import { type Box, spreadApart } from "./labels.ts";
import { linear, type Scale, ticks } from "./scales.ts";
import { element, line, text } from "./svg.ts";

/** The size of one panel, and the plot inside it. */
export const PANEL = { width: 360, height: 300 };
export const PLOT = { left: 44, right: 298, top: 34, bottom: 252 };

/** Test AUC upwards, over the given values; what lies far below the floor is cut off. */
export function aucScale(values: readonly number[], { floor, ceiling, best }: Lines): Scale {
  const lines = [floor?.mean, ceiling?.mean, best].flatMap((value) => value ?? []);
  const all = [...values, ...lines];
  const top = Math.max(...all);
  const gain = floor && ceiling ? Math.abs(ceiling.mean - floor.mean) : 0;
  const lowest = Math.min(...all);
  const cut = floor === undefined || gain < 0.002 ? lowest : floor.mean - 1.2 * gain;
  const bottom = Math.max(lowest, cut);
  const pad = Math.max(0.0005, 0.07 * (top - bottom));
  return linear([bottom - pad, Math.min(1.002, top + pad)], [PLOT.bottom, PLOT.top]);
}

/** Grid, ticks and words of the upward axis. */
export function aucAxis(y: Scale): string {
  const { values, places } = ticks(y.domain, 5);
  return [
    ...values.map((value) => line(PLOT.left, y(value), PLOT.right, y(value), "c-grid")),
    ...values.map((value) =>
      text(PLOT.left - 6, y(value) + 3.7, fixed(value, places), { class: "c-quiet c-end" }),
    ),
    text(4, PLOT.top - 14, "test AUC", { class: "c-quiet" }),
  ].join("");
}

/** The axis to the right at the bottom. */
export function acrossAxis(
  x: Scale,
  at: readonly { readonly value: number; readonly words: string }[],
  name: string,
): string {
  return [
    line(PLOT.left, PLOT.bottom, PLOT.right, PLOT.bottom, "c-axis"),
    ...at.flatMap(({ value, words }) => [
      line(x(value), PLOT.bottom, x(value), PLOT.bottom + 4, "c-axis"),
      text(x(value), PLOT.bottom + 16, words, { class: "c-quiet c-middle" }),
    ]),
    text((PLOT.left + PLOT.right) / 2, PLOT.bottom + 35, name, { class: "c-text c-middle" }),
  ].join("");
}

/** A horizontal line with words at its right end. */
export interface Rule {
  readonly name: string;
  readonly value: number;
  readonly style: "c-dash" | "c-dots" | "c-solid";
}

/** Floor, ceiling and best possible, as far as they are known. */
export function rulesOf({ floor, ceiling, best }: Lines): Rule[] {
  const rule = (name: string, estimate: Estimate | undefined, style: Rule["style"]): Rule[] =>
    estimate === undefined ? [] : [{ name, value: estimate.mean, style }];
  return [
    ...(best === undefined ? [] : [{ name: "at best", value: best, style: "c-dots" as const }]),
    ...rule("pooled", ceiling, "c-dash"),
    ...rule("alone", floor, "c-solid"),
  ];
}

/** Boxes in which words would be struck through. */
export function ruleBoxes(rules: readonly Rule[], y: Scale): Box[] {
  const width = PLOT.right - PLOT.left;
  return rules.map(({ value }) => ({ left: PLOT.left, top: y(value) - 1, width, height: 2 }));
}

/** The rules, their words kept apart. */
export function drawRules(rules: readonly Rule[], y: Scale): string {
  const shown = rules.filter(({ value }) => value >= y.domain[0] && value <= y.domain[1]);
  const places = spreadApart(
    shown.map(({ value }) => y(value)),
    24,
    [PLOT.top + 4, PLOT.bottom - 10],
  );
  return shown
    .map(({ name, value, style }, index) => {
      const at = places[index] ?? y(value);
      const end = PLOT.right + 8;
      return [
        line(PLOT.left, y(value), PLOT.right, y(value), `c-rule ${style}`),
        element("path", {
          d: `M${PLOT.right} ${y(value).toFixed(1)}L${end} ${at.toFixed(1)}`,
          class: "c-leader",
        }),
        text(end + 3, at - 2, name, { class: "c-quiet" }),
        text(end + 3, at + 11, fixed(value, 4), { class: "c-quiet" }),
      ].join("");
    })
    .join("");
}
