import { dot, line, ruleX } from "@observablehq/plot";
import type { CalibrationBin } from "../model/calibration.ts";
import type { Markup } from "@moongate/text";
import { chart, HALF } from "./chart.ts";
import { COLOUR } from "./colours.ts";

/** What was predicted for ten equal groups of users against what they did, with intervals. */
export function calibrationChart(
  models: Partial<Readonly<Record<"alone" | "joint", readonly CalibrationBin[]>>>,
  words: { readonly describe: string; readonly x: string; readonly y: string },
): Markup {
  const all = Object.values(models).flat();
  const end = Math.min(
    1,
    Math.max(0.05, ...all.map(({ predicted, high }) => Math.max(predicted, high))),
  );
  const axis = { domain: [0, end], percent: true, ticks: 5, grid: true } as const;
  const scaled = { labelArrow: "none", labelAnchor: "center", labelOffset: 40 } as const;
  return chart({
    ...HALF,
    describe: words.describe,
    x: { ...axis, domain: [0, end * 100], percent: false, label: words.x, ...scaled },
    y: { ...axis, domain: [0, end * 100], percent: false, label: words.y, labelArrow: "none" },
    marks: [
      line(
        [
          [0, 0],
          [end * 100, end * 100],
        ],
        { stroke: COLOUR.quiet, strokeWidth: 1, strokeDasharray: "1.5 3" },
      ),
      ...(["alone", "joint"] as const).flatMap((who) => {
        const bins = (models[who] ?? []).map((bin) => ({
          x: bin.predicted * 100,
          y: bin.observed * 100,
          low: bin.low * 100,
          high: bin.high * 100,
        }));
        const dash = who === "alone" ? { strokeDasharray: "5 3" } : {};
        return [
          ruleX(bins, { x: "x", y1: "low", y2: "high", stroke: COLOUR[who], strokeOpacity: 0.55 }),
          line(bins, { x: "x", y: "y", stroke: COLOUR[who], strokeWidth: 1.4, ...dash }),
          dot(bins, {
            x: "x",
            y: "y",
            fill: who === "joint" ? COLOUR.joint : "var(--paper)",
            stroke: COLOUR[who],
            r: 3.2,
          }),
        ];
      }),
    ],
  });
}
