import { plot, type PlotOptions } from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { html, Markup } from "@moongate/text";

/** A document of elements without a browser: Plot makes its SVG in it. */
const window: unknown = parseHTML("<!doctype html><html><body></body></html>");
const { document } = window as { readonly document: never };

/** A picture, what it shows in one sentence for those who cannot see it, and its size in pixels. */
export interface ChartOptions extends PlotOptions {
  readonly describe: string;
  readonly width: number;
  readonly height: number;
}

/** Draws a chart as SVG. Colours are the page's variables, so that it follows light and dark. */
export function chart({ describe, ...options }: ChartOptions): Markup {
  const drawn = plot({
    marginBottom: 46,
    ...options,
    document,
    className: "plot",
  }) as unknown as { readonly outerHTML: string };
  const svg = drawn.outerHTML
    // The page has this style once.
    .replaceAll(/<style>.*?<\/style>/gs, "")
    .replaceAll(/<[^>]+>/g, shorter);
  return html`<div class="chart" role="img" aria-label="${describe}">${new Markup(svg)}</div>`;
}

/** Positions to a tenth of a pixel: more would only make the page heavier. */
const shorter = (tag: string): string =>
  tag.replaceAll(/-?\d+\.\d{2,}(?:e-\d+)?/g, (number) =>
    String(Math.round(Number(number) * 10) / 10),
  );

/** The sizes of charts that stand beside each other; a phone shows them at its own width. */
export const HALF = { width: 440, height: 330 } as const;
/** A chart that takes the whole page of a desk, and its counterpart on a phone. */
export const WIDE = { width: 920 } as const;
export const NARROW = { width: 380 } as const;
