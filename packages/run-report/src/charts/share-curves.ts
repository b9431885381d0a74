import { line } from "@observablehq/plot";
import type { Point } from "../model/curves.ts";
import type { Who } from "../model/run.ts";
import type { Markup } from "@moongate/text";
import { chart, HALF } from "./chart.ts";
import { COLOUR } from "./colours.ts";
import { modelLines } from "./model-lines.ts";

/** Curves from (0, 0) to (1, 1), one for each model, above the diagonal of a guess. */
export function shareCurves(
  curves: Partial<Readonly<Record<Who, readonly Point[]>>>,
  words: { readonly describe: string; readonly x: string; readonly y: string },
): Markup {
  const axis = { domain: [0, 100], ticks: 5, grid: true, labelArrow: "none" } as const;
  const percent = Object.fromEntries(
    Object.entries(curves).map(([who, points]) => [
      who,
      points.map(({ x, y }) => ({ x: x * 100, y: y * 100 })),
    ]),
  );
  return chart({
    ...HALF,
    describe: words.describe,
    x: { ...axis, label: words.x, labelAnchor: "center", labelOffset: 40 },
    y: { ...axis, label: words.y },
    marks: [
      line(
        [
          [0, 0],
          [100, 100],
        ],
        { stroke: COLOUR.quiet, strokeWidth: 1, strokeDasharray: "1.5 3" },
      ),
      ...modelLines(percent),
    ],
  });
}
