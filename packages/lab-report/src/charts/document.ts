import { chartStyle, LIGHT } from "./palette.ts";
import { PANEL } from "./frame.ts";
import { element, group, text } from "./svg.ts";

/** One drawing of a page or a file: what it shows in words, and its marks. */
export interface Panel {
  readonly title: string;
  /** The chart in words, for those who do not see it. */
  readonly description: string;
  readonly body: string;
}

/** A panel inside a page, which brings the style of charts and the title along. */
export function inlineSvg({ title, description, body }: Panel): string {
  return element(
    "svg",
    {
      viewBox: `0 8 ${PANEL.width} ${PANEL.height - 8}`,
      class: "chart",
      role: "img",
      "aria-label": `${title}. ${description}`,
    },
    body,
  );
}

const GAP = 24;
const HEAD = 52;

/** Panels side by side, two in a row, as a document of their own, in light colours. */
export function svgDocument(
  heading: string,
  panels: readonly Panel[],
  legend: { readonly body: string; readonly height: number },
): string {
  const columns = Math.min(2, panels.length);
  const rows = Math.ceil(panels.length / columns);
  const width = columns * (PANEL.width + GAP) + GAP;
  const tall = PANEL.height + 22;
  const height = HEAD + rows * tall + legend.height + 12;
  const drawn = panels.map(({ title, body }, index) => {
    const left = GAP + (index % columns) * (PANEL.width + GAP);
    const top = HEAD + Math.floor(index / columns) * tall;
    return group(
      { transform: `translate(${left} ${top})` },
      text(8, 8, title, { class: "c-title" }),
      group({ transform: "translate(0 4)" }, body),
    );
  });
  return `${element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      "font-family": "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif",
      role: "img",
      "aria-label": [
        heading,
        ...panels.map((panel) => `${panel.title}. ${panel.description}`),
      ].join(". "),
    },
    element("style", {}, chartStyle(LIGHT)),
    element("rect", { width, height, fill: LIGHT.paper }),
    text(GAP + 8, 30, heading, { class: "c-title" }),
    ...drawn,
    group({ transform: `translate(${GAP + 8} ${HEAD + rows * tall + 4})` }, legend.body),
  )}\n`;
}
