import { dot, link, ruleX, text, tickX } from "@observablehq/plot";
import type { Markup } from "@moongate/text";
import { chart, HALF } from "./chart.ts";
import { COLOUR } from "./colours.ts";

/** One line of the chart: a label or a run, and the AUC of each model there. */
export interface AucRow {
  readonly name: string;
  readonly alone?: number | undefined;
  readonly joint?: number | undefined;
  readonly pooled?: number | undefined;
  readonly best?: number | undefined;
}

const ROW = 46;

/**
 * Draws the joint model between floor and ceiling: a dot each for commerce alone and the joint
 * model, a broad mark for pooled, a thin one for the best possible.
 */
export function aucLine(
  rows: readonly AucRow[],
  words: { readonly describe: string; readonly x: string },
): Markup {
  const all = rows.flatMap(({ alone, joint, pooled, best }) =>
    [alone, joint, pooled, best].filter((value) => value !== undefined),
  );
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const values = rows.flatMap(figures);
  const room = Math.max(0.004, (high - low) * 0.22);
  const known = (who: "alone" | "joint" | "pooled" | "best"): readonly AucRow[] =>
    rows.filter((row) => row[who] !== undefined);
  const longest = Math.max(...rows.map(({ name }) => name.length));
  return chart({
    width: HALF.width,
    height: rows.length * ROW + 62,
    marginLeft: Math.min(150, 16 + longest * 7),
    marginRight: 24,
    describe: words.describe,
    x: {
      domain: [Math.max(0, low - room), Math.min(1, high + room)],
      ticks: 5,
      grid: true,
      label: words.x,
      labelArrow: "none",
      labelAnchor: "center",
      labelOffset: 40,
    },
    y: { domain: rows.map(({ name }) => name), label: null, tickSize: 0 },
    marks: [
      low - room < 0.5 ? ruleX([0.5], { stroke: COLOUR.quiet, strokeDasharray: "1.5 3" }) : null,
      link(
        rows.filter(({ alone, joint }) => alone !== undefined && joint !== undefined),
        { x1: "alone", x2: "joint", y1: "name", y2: "name", stroke: COLOUR.joint, strokeWidth: 2 },
      ),
      tickX(known("best"), {
        x: "best",
        y: "name",
        stroke: COLOUR.ink,
        strokeWidth: 1.5,
        inset: 8,
      }),
      tickX(known("pooled"), {
        ...{ x: "pooled", y: "name", inset: 9 },
        ...{ stroke: COLOUR.pooled, strokeWidth: 6, strokeOpacity: 0.45 },
      }),
      dot(known("alone"), {
        x: "alone",
        y: "name",
        r: 4.5,
        fill: "var(--paper)",
        stroke: COLOUR.alone,
        strokeWidth: 2,
      }),
      dot(known("joint"), { x: "joint", y: "name", r: 5, fill: COLOUR.joint }),
      ...values.map(({ who, at, side, name }) =>
        text([name], {
          x: () => at,
          y: (row: string) => row,
          dx: side === "left" ? -9 : 9,
          textAnchor: side === "left" ? "end" : "start",
          text: () => at.toFixed(3),
          fill: COLOUR[who],
          fontWeight: 600,
          stroke: "var(--paper)",
          strokeWidth: 4,
        }),
      ),
    ],
  });
}

/** The two figures of a row, each on the outer side of its dot. */
function figures({ name, alone, joint }: AucRow) {
  const order = alone !== undefined && joint !== undefined && joint < alone;
  return [
    { who: "alone", at: alone, side: order ? "right" : "left", name } as const,
    { who: "joint", at: joint, side: order ? "left" : "right", name } as const,
  ].flatMap(({ at, ...rest }) => (at === undefined ? [] : [{ at, ...rest }]));
}
