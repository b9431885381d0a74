import { html, type Markup } from "@moongate/text";

/** How a thing looks in a chart: the class of its swatch. */
export type Swatch =
  | "alone"
  | "joint"
  | "pooled"
  | "best"
  | "positive"
  | "negative"
  | "open"
  | "sealed"
  | `phase-${string}`;

/** The key of a chart. */
export const chartKey = (entries: readonly (readonly [Swatch, string])[]): Markup =>
  html`<ul class="key">${entries.map(
    ([swatch, name]) => html`<li><i class="swatch ${swatch}"></i>${name}</li>`,
  )}</ul>`;
